using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConferenceFunctions.Http;

/// <summary>Writes the JSON of answers. It is never part of an HTML page, so URLs and names in it stay readable.</summary>
internal static class ApiWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter Create(IBufferWriter<byte> output) => new(output, Options);
}
