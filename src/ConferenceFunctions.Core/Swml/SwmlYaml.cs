using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// SWML in YAML: one document, no tags, names are text, aliases within bounds. A plain scalar is a number only where JSON would
/// take it for one, so that <c>+15551234567</c>, <c>010</c>, <c>1.0.0</c>, <c>yes</c> and <c>on</c> stay the text that they are.
/// </summary>
internal sealed partial class SwmlYaml
{
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, (SwmlNode Node, SwmlExtent Extent)> _anchors = [];
    private int _nodes;
    private int _characters;
    private int _deepest;

    private SwmlYaml(string text) => _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));

    public static SwmlNode Read(string text)
    {
        var yaml = new SwmlYaml(text);
        try
        {
            return yaml.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new SwmlFormatException($"Not valid YAML: {exception.Message}", (int)exception.Start.Line, (int)exception.Start.Column);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The scanner's answer to a few broken texts, a plain scalar that begins with a colon among them.
            Mark last = yaml._parser.Current?.End ?? new Mark(0, 1, 1);
            throw new SwmlFormatException("Not valid YAML behind this place.", (int)last.Line, (int)last.Column);
        }
    }

    public static byte[] Write(SwmlNode node)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private SwmlNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            throw new SwmlFormatException("The document is empty.");
        }

        _parser.Consume<DocumentStart>();
        SwmlNode root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out DocumentStart? second)
            ? throw Fault("The text has more than one YAML document.", second)
            : root;
    }

    private SwmlNode ReadNode(int depth)
    {
        ParsingEvent start = _parser.Current!;
        (int nodesBefore, int charactersBefore, int deepestBefore) = (_nodes, _characters, _deepest);
        _deepest = depth;
        Count(new SwmlExtent(1, 0, start is MappingStart or SequenceStart ? 1 : 0), depth, start);
        if (start is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw Fault("YAML tags (!…) are not supported. Write the value plainly.", start);
        }

        SwmlNode node = start switch
        {
            MappingStart mapping => ReadObject(mapping, depth),
            SequenceStart sequence => ReadArray(sequence, depth),
            Scalar scalar => ReadScalar(scalar, depth),
            AnchorAlias alias => ReadAlias(alias, depth),
            _ => throw Fault("A value is expected here.", start),
        };
        if (start is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor] = (node, new SwmlExtent(_nodes - nodesBefore, _characters - charactersBefore, _deepest - depth));
        }

        _deepest = Math.Max(_deepest, deepestBefore);
        return node;
    }

    private SwmlObject ReadObject(MappingStart start, int depth)
    {
        _parser.MoveNext();
        List<SwmlMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (_parser.Current is not Scalar { Anchor.IsEmpty: true, Tag.IsEmpty: true } name)
            {
                throw Fault("A name is expected here: plain text and a colon.", _parser.Current!);
            }

            if (name is { Value: "<<", Style: ScalarStyle.Plain })
            {
                throw Fault("YAML merge keys (<<) are not supported: SignalWire would take it for a name. Write the members out.", name);
            }

            if (!names.Add(name.Value))
            {
                throw Fault($"'{name.Value}' is there twice.", name);
            }

            CheckUnicode(name);
            Count(new SwmlExtent(0, name.Value.Length, 0), depth, name);
            _parser.MoveNext();
            members.Add(new SwmlMember(name.Value, ReadNode(depth + 1), (int)name.Start.Line, (int)name.Start.Column));
        }

        return new SwmlObject(members, (int)start.Start.Line, (int)start.Start.Column);
    }

    private SwmlArray ReadArray(SequenceStart start, int depth)
    {
        _parser.MoveNext();
        List<SwmlNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new SwmlArray(items, (int)start.Start.Line, (int)start.Start.Column);
    }

    private SwmlScalar ReadScalar(Scalar scalar, int depth)
    {
        CheckUnicode(scalar);
        Count(new SwmlExtent(0, scalar.Value.Length, 0), depth, scalar);
        _parser.MoveNext();
        SwmlScalarKind kind = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? KindOf(scalar.Value) : SwmlScalarKind.Text;
        string text = kind switch
        {
            SwmlScalarKind.Null => "null",
            SwmlScalarKind.Boolean => scalar.Value.ToLowerInvariant(),
            _ => scalar.Value,
        };
        return new SwmlScalar(kind, text, (int)scalar.Start.Line, (int)scalar.Start.Column);
    }

    private SwmlNode ReadAlias(AnchorAlias alias, int depth)
    {
        _parser.MoveNext();
        if (!_anchors.TryGetValue(alias.Value, out (SwmlNode Node, SwmlExtent Extent) anchored))
        {
            throw Fault($"The alias *{alias.Value} has no complete value with that anchor before it.", alias);
        }

        // What the alias repeats counts, or a few lines could stand for millions.
        Count(anchored.Extent, depth, alias);
        return anchored.Node;
    }

    private void Count(SwmlExtent extent, int depth, ParsingEvent at)
    {
        _deepest = Math.Max(_deepest, depth + extent.Depth);
        if (_deepest > SwmlText.MaxDepth)
        {
            throw Fault($"The document is nested more than {SwmlText.MaxDepth} deep.", at);
        }

        // Without aliases there can't be more characters than bytes.
        _characters += extent.Characters;
        if (_characters > SwmlText.MaxBytes)
        {
            throw Fault($"With what its aliases stand for, the document has more than {SwmlText.MaxBytes:N0} characters.", at);
        }

        _nodes += extent.Nodes;
        if (_nodes > SwmlText.MaxNodes)
        {
            throw Fault($"The document has more than {SwmlText.MaxNodes:N0} values.", at);
        }
    }

    private static void CheckUnicode(Scalar scalar)
    {
        foreach (Rune rune in scalar.Value.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !scalar.Value.Contains('\uFFFD'))
            {
                throw Fault("The string is not valid Unicode: half a surrogate pair.", scalar);
            }
        }
    }

    private static SwmlFormatException Fault(string message, ParsingEvent at) => new(message, (int)at.Start.Line, (int)at.Start.Column);

    private static SwmlScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => SwmlScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => SwmlScalarKind.Boolean,
        _ => JsonNumber().IsMatch(plain) ? SwmlScalarKind.Number : SwmlScalarKind.Text,
    };

    private static void Write(Emitter emitter, SwmlNode node)
    {
        switch (node)
        {
            case SwmlObject map:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, map.Members.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (SwmlMember member in map.Members)
                {
                    Write(emitter, SwmlScalar.Of(member.Name));
                    Write(emitter, member.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case SwmlArray array:
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, array.Items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (SwmlNode item in array.Items)
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case SwmlScalar scalar:
                bool plain = scalar.Kind != SwmlScalarKind.Text || IsPlain(scalar.Text);
                emitter.Emit(new Scalar(null, null, scalar.Text, plain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, plain, !plain));
                break;
            default:
                throw new ArgumentException($"No SWML is a {node.GetType().Name}.", nameof(node));
        }
    }

    /// <summary>Whether every YAML, 1.1 or 1.2, takes the plain text for a string: a word, and none of those that mean something.</summary>
    private static bool IsPlain(string text) => Word().IsMatch(text) && !Reserved().IsMatch(text);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
