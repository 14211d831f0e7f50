using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Benchmarks.Limits;

/// <summary>Serves WAV audio of the size, in bytes, that the last segment of the path says: what recordings are fetched from.</summary>
internal static class AudioSource
{
    private const int HeaderBytes = 44;

    private static readonly byte[] Noise = MakeNoise();

    /// <summary>Sends the audio.</summary>
    public static async Task SendAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        long size = long.Parse(path.AsSpan(path.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        context.Response.ContentType = "audio/wav";
        context.Response.ContentLength = size;
        context.Response.Headers.ETag = $"\"{size}\"";
        await context.Response.Body.WriteAsync(Header(size));
        for (long left = size - HeaderBytes; left > 0; left -= Noise.Length)
        {
            await context.Response.Body.WriteAsync(Noise.AsMemory(0, (int)Math.Min(left, Noise.Length)));
        }
    }

    private static byte[] Header(long size)
    {
        byte[] header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(size - 8));
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), 8000);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), 16000);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), (uint)(size - HeaderBytes));
        return header;
    }

    private static byte[] MakeNoise()
    {
        byte[] noise = new byte[256 * 1024];
        new Random(1).NextBytes(noise);
        return noise;
    }
}
