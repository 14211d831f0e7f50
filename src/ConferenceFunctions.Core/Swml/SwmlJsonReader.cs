using System.Text;
using System.Text.Json;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Reads nodes from JSON, with the places where they stand; these are counted on from one to the next.</summary>
internal ref struct SwmlJsonReader(ReadOnlySpan<byte> utf8)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private Utf8JsonReader _reader = new(utf8, new JsonReaderOptions { MaxDepth = SwmlText.MaxDepth });
    private int _nodes;
    private int _index;
    private int _line = 1;
    private int _column = 1;

    /// <summary>Reads the whole text.</summary>
    public SwmlNode Read()
    {
        _reader.Read();
        SwmlNode root = ReadNode();
        _reader.Read();
        return root;
    }

    /// <summary>Line and column of what was read last, from 1.</summary>
    public (int Line, int Column) Place()
    {
        ReadOnlySpan<byte> passed = _utf8[_index..(int)_reader.TokenStartIndex];
        int lines = passed.Count((byte)'\n');
        if (lines > 0)
        {
            _line += lines;
            _column = 1;
            passed = passed[(passed.LastIndexOf((byte)'\n') + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        _index = (int)_reader.TokenStartIndex;
        return (_line, _column);
    }

    private SwmlNode ReadNode()
    {
        (int line, int column) = Place();
        if (++_nodes > SwmlText.MaxNodes)
        {
            throw new SwmlFormatException($"The document has more than {SwmlText.MaxNodes:N0} values.", line, column);
        }

        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(line, column),
            JsonTokenType.StartArray => ReadArray(line, column),
            JsonTokenType.String => new SwmlScalar(SwmlScalarKind.Text, _reader.GetString()!, line, column),
            JsonTokenType.Number => new SwmlScalar(SwmlScalarKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan), line, column),
            JsonTokenType.True => new SwmlScalar(SwmlScalarKind.Boolean, "true", line, column),
            JsonTokenType.False => new SwmlScalar(SwmlScalarKind.Boolean, "false", line, column),
            _ => new SwmlScalar(SwmlScalarKind.Null, "null", line, column),
        };
    }

    private SwmlObject ReadObject(int line, int column)
    {
        List<SwmlMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            (int nameLine, int nameColumn) = Place();
            string name = _reader.GetString()!;
            if (!names.Add(name))
            {
                throw new SwmlFormatException($"'{name}' is there twice.", nameLine, nameColumn);
            }

            _reader.Read();
            members.Add(new SwmlMember(name, ReadNode(), nameLine, nameColumn));
        }

        return new SwmlObject(members, line, column);
    }

    private SwmlArray ReadArray(int line, int column)
    {
        List<SwmlNode> items = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadNode());
        }

        return new SwmlArray(items, line, column);
    }
}
