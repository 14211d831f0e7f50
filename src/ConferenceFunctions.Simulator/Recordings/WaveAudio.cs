using System.Buffers.Binary;

namespace ConferenceFunctions.Simulator.Recordings;

/// <summary>Makes audio: PCM, 16 bits, mono, 8 kHz, as telephony has it. The same seed makes the same audio.</summary>
internal static class WaveAudio
{
    /// <summary>Longest audio in seconds.</summary>
    public const int MaxSeconds = 600;

    /// <summary>Bytes before the audio.</summary>
    public const int HeaderBytes = 44;

    /// <summary>Bytes of a second.</summary>
    public const int BytesPerSecond = SampleRate * BytesPerSample;

    private const int SampleRate = 8000;
    private const short BytesPerSample = 2;
    private const short Pcm = 1;
    private const short Channels = 1;
    private const int FormatBytes = 16;
    private const int SamplesPerTone = SampleRate / 4;

    /// <summary>Makes a file of that many seconds.</summary>
    public static byte[] Create(int seed, int seconds)
    {
        byte[] file = new byte[HeaderBytes + (seconds * BytesPerSecond)];
        WriteHeader(file);
        Span<byte> audio = file.AsSpan(HeaderBytes);
        var random = new Random(seed);
        double step = 0;
        double phase = 0;
        for (int i = 0; i < audio.Length / BytesPerSample; i++)
        {
            if (i % SamplesPerTone == 0)
            {
                step = 2 * Math.PI * random.Next(200, 1000) / SampleRate;
            }

            // A tone that changes, with some noise: never silent, and never the same for long.
            short sample = (short)((8000 * Math.Sin(phase += step)) + random.Next(-500, 500));
            BinaryPrimitives.WriteInt16LittleEndian(audio[(i * BytesPerSample)..], sample);
        }

        return file;
    }

    private static void WriteHeader(Span<byte> file)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], FormatBytes);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], Pcm);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], Channels);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], BytesPerSecond);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], BytesPerSample * 8);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], file.Length - HeaderBytes);
    }
}
