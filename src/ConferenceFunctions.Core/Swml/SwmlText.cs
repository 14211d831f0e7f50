using System.Text;
using System.Text.Unicode;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Reads a SWML document from text and writes it as text, in YAML or JSON. Both lose nothing but comments and layout.</summary>
public static class SwmlText
{
    /// <summary>Largest document in bytes: SignalWire asks to keep them below 64 KB.</summary>
    public const int MaxBytes = 64 * 1000;

    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 60;

    /// <summary>Most nodes, those that YAML aliases repeat included.</summary>
    public const int MaxNodes = 20_000;

    /// <summary>Reads a document. JSON is recognised by its first character; a YAML flow mapping may begin with the same one.</summary>
    /// <exception cref="SwmlFormatException">The text is neither, too large or too deep, or its value is not an object.</exception>
    public static SwmlObject Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new SwmlFormatException($"The document has {utf8.Length:N0} bytes. SignalWire takes at most {MaxBytes:N0}.");
        }

        if (!Utf8.IsValid(utf8))
        {
            throw new SwmlFormatException("The document is not UTF-8. Save it as UTF-8 and send it again.");
        }

        if (utf8.Contains((byte)0))
        {
            // A reader of YAML would take it for the end.
            throw new SwmlFormatException("The document has a NUL character in it. Save it as UTF-8 text and send it again.");
        }

        SwmlNode root = ReadNode(WithoutByteOrderMark(utf8));
        return root as SwmlObject
            ?? throw new SwmlFormatException("A SWML document is an object with 'version' and 'sections'.", Math.Max(root.Line, 1), Math.Max(root.Column, 1));
    }

    /// <summary>Whether the text of a document is JSON; otherwise it is YAML, which may begin like JSON.</summary>
    public static bool IsJson(ReadOnlySpan<byte> utf8) => LooksLikeJson(WithoutByteOrderMark(utf8)) && WhyNotJson(utf8) is null;

    /// <summary>Why text that begins like JSON is none, so that it is read as YAML; null for JSON, and for text that does not begin like it.</summary>
    public static SwmlFault? WhyNotJson(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> text = WithoutByteOrderMark(utf8);
        try
        {
            _ = LooksLikeJson(text) ? SwmlJson.Read(text) : null;
            return null;
        }
        catch (SwmlFormatException exception)
        {
            return exception.Faults[0];
        }
    }

    /// <summary>Writes a document as JSON, in UTF-8 and without blanks.</summary>
    public static byte[] WriteJson(SwmlObject document) => SwmlJson.Write(document);

    /// <summary>Writes a document as YAML, in UTF-8. Strings that any YAML could take for something else are quoted.</summary>
    public static byte[] WriteYaml(SwmlObject document) => SwmlYaml.Write(document);

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private static bool LooksLikeJson(ReadOnlySpan<byte> text) => text.TrimStart(Blanks) is [(byte)'{' or (byte)'[', ..];

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> utf8) =>
        utf8.StartsWith("\uFEFF"u8) ? utf8["\uFEFF"u8.Length..] : utf8;

    private static SwmlNode ReadNode(ReadOnlySpan<byte> text)
    {
        if (text.TrimStart(Blanks).IsEmpty)
        {
            throw new SwmlFormatException("The document is empty.");
        }

        if (!LooksLikeJson(text))
        {
            return SwmlYaml.Read(Encoding.UTF8.GetString(text));
        }

        try
        {
            return SwmlJson.Read(text);
        }
        catch (SwmlFormatException json)
        {
            try
            {
                return SwmlYaml.Read(Encoding.UTF8.GetString(text));
            }
            catch (SwmlFormatException)
            {
                // Text that looks like JSON is better told what is wrong with it as JSON.
                throw json;
            }
        }
    }
}
