using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConferenceFunctions.Core.Swml;

/// <summary>SWML in JSON.</summary>
internal static class SwmlJson
{
    // Documents are no HTML: text in them stays readable.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SwmlNode Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new SwmlJsonReader(utf8);
        try
        {
            return reader.Read();
        }
        catch (JsonException exception)
        {
            throw new SwmlFormatException(
                $"Not valid JSON: {Reason(exception)}",
                (int)(exception.LineNumber ?? 0) + 1,
                (int)(exception.BytePositionInLine ?? 0) + 1);
        }
        catch (InvalidOperationException)
        {
            (int line, int column) = reader.Place();
            throw new SwmlFormatException("The string is not valid Unicode: half a surrogate pair.", line, column);
        }
    }

    public static byte[] Write(SwmlNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        Write(writer, node);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, SwmlNode node)
    {
        switch (node)
        {
            case SwmlObject map:
                writer.WriteStartObject();
                foreach (SwmlMember member in map.Members)
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case SwmlArray array:
                writer.WriteStartArray();
                foreach (SwmlNode item in array.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case SwmlScalar { Kind: SwmlScalarKind.Text } text:
                writer.WriteStringValue(text.Text);
                break;
            case SwmlScalar scalar:
                writer.WriteRawValue(scalar.Text);
                break;
            default:
                throw new ArgumentException($"No SWML is a {node.GetType().Name}.", nameof(node));
        }
    }

    // The parser's message ends with the position, which the fault has already.
    private static string Reason(JsonException exception) =>
        exception.Message.Split(" LineNumber:", 2, StringSplitOptions.None)[0].Split(" Path:", 2, StringSplitOptions.None)[0].ToString(CultureInfo.InvariantCulture);
}
