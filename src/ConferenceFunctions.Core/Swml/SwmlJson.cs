using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConferenceFunctions.Core.Swml;

/// <summary>SWML in JSON.</summary>
internal static class SwmlJson
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = SwmlText.MaxDepth };

    // Documents are no HTML: text in them stays readable.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SwmlNode Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, ReaderOptions);
        try
        {
            reader.Read();
            int nodes = 0;
            SwmlNode root = ReadNode(ref reader, utf8, ref nodes);
            reader.Read();
            return root;
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
            (int line, int column) = Position(utf8, reader.TokenStartIndex);
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

    private static SwmlNode ReadNode(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref int nodes)
    {
        (int line, int column) = Position(utf8, reader.TokenStartIndex);
        if (++nodes > SwmlText.MaxNodes)
        {
            throw new SwmlFormatException($"The document has more than {SwmlText.MaxNodes:N0} values.", line, column);
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, utf8, ref nodes, line, column),
            JsonTokenType.StartArray => ReadArray(ref reader, utf8, ref nodes, line, column),
            JsonTokenType.String => new SwmlScalar(SwmlScalarKind.Text, reader.GetString()!, line, column),
            JsonTokenType.Number => new SwmlScalar(SwmlScalarKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), line, column),
            JsonTokenType.True => new SwmlScalar(SwmlScalarKind.Boolean, "true", line, column),
            JsonTokenType.False => new SwmlScalar(SwmlScalarKind.Boolean, "false", line, column),
            _ => new SwmlScalar(SwmlScalarKind.Null, "null", line, column),
        };
    }

    private static SwmlObject ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref int nodes, int line, int column)
    {
        List<SwmlMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            (int nameLine, int nameColumn) = Position(utf8, reader.TokenStartIndex);
            string name = reader.GetString()!;
            if (!names.Add(name))
            {
                throw new SwmlFormatException($"'{name}' is there twice.", nameLine, nameColumn);
            }

            reader.Read();
            members.Add(new SwmlMember(name, ReadNode(ref reader, utf8, ref nodes), nameLine, nameColumn));
        }

        return new SwmlObject(members, line, column);
    }

    private static SwmlArray ReadArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref int nodes, int line, int column)
    {
        List<SwmlNode> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadNode(ref reader, utf8, ref nodes));
        }

        return new SwmlArray(items, line, column);
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

    private static (int Line, int Column) Position(ReadOnlySpan<byte> utf8, long index)
    {
        ReadOnlySpan<byte> before = utf8[..(int)index];
        int line = before.Count((byte)'\n') + 1;
        int start = before.LastIndexOf((byte)'\n') + 1;
        return (line, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }

    // The parser's message ends with the position, which the fault has already.
    private static string Reason(JsonException exception) =>
        exception.Message.Split(" LineNumber:", 2, StringSplitOptions.None)[0].Split(" Path:", 2, StringSplitOptions.None)[0].ToString(CultureInfo.InvariantCulture);
}
