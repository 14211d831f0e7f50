using System.Buffers.Binary;
using System.Text;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Tests.Simulator;

public class WaveAudioTests
{
    [Fact]
    public void The_same_seed_makes_the_same_audio()
    {
        Assert.Equal(WaveAudio.Create(1, 3), WaveAudio.Create(1, 3));
        Assert.NotEqual(WaveAudio.Create(1, 3), WaveAudio.Create(2, 3));
    }

    [Fact]
    public void It_is_a_WAV_of_its_duration()
    {
        byte[] file = WaveAudio.Create(1, 3);

        Assert.Equal("RIFF", Encoding.ASCII.GetString(file, 0, 4));
        Assert.Equal(file.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal("WAVEfmt ", Encoding.ASCII.GetString(file, 8, 8));
        // PCM, mono, 8000 Hz, 16000 bytes a second, 2 bytes a frame, 16 bits a sample.
        Assert.Equal([1, 1], [BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(20)), BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(22))]);
        Assert.Equal([8000, 16000], [BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(28))]);
        Assert.Equal([2, 16], [BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(32)), BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(34))]);
        Assert.Equal("data", Encoding.ASCII.GetString(file, 36, 4));
        Assert.Equal(3 * 16_000, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40)));
        Assert.Equal(44 + (3 * 16_000), file.Length);
    }

    [Fact]
    public void It_is_not_silent() => Assert.True(WaveAudio.Create(1, 1)[44..].Distinct().Count() > 200);
}
