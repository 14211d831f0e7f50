using System.Net;
using System.Text;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> text: form bodies and query strings.</summary>
public static class FormFields
{
    /// <summary>The query of a path and query, without its question mark; empty where there is none.</summary>
    public static ReadOnlySpan<char> QueryOf(ReadOnlySpan<char> pathAndQuery)
    {
        int mark = pathAndQuery.IndexOf('?');
        return mark < 0 ? [] : pathAndQuery[(mark + 1)..];
    }

    /// <summary>Every name and value in the order they stand, decoded. What is no valid UTF-8 becomes U+FFFD; nothing throws.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(ReadOnlySpan<char> text)
    {
        List<KeyValuePair<string, string>> fields = [];
        foreach (Range range in text.Split('&'))
        {
            ReadOnlySpan<char> field = text[range];
            if (field.IsEmpty)
            {
                continue;
            }

            int equals = field.IndexOf('=');
            fields.Add(equals < 0 ? new(Decode(field), "") : new(Decode(field[..equals]), Decode(field[(equals + 1)..])));
        }

        return fields;
    }

    /// <summary>The value of the first field of that name, or null.</summary>
    public static string? Find(ReadOnlySpan<char> text, string name)
    {
        foreach (Range range in text.Split('&'))
        {
            ReadOnlySpan<char> field = text[range];
            int equals = field.IndexOf('=');
            if (equals >= 0 && field[..equals].SequenceEqual(name))
            {
                return Decode(field[(equals + 1)..]);
            }
        }

        return null;
    }

    /// <summary>What the form scheme of signatures covers after the URL: for each name in ordinal order, name and value.</summary>
    public static byte[] SortedForSigning(ReadOnlySpan<byte> body)
    {
        var signed = new StringBuilder();
        foreach ((string name, string value) in Parse(Encoding.UTF8.GetString(body)).OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            signed.Append(name).Append(value);
        }

        return Encoding.UTF8.GetBytes(signed.ToString());
    }

    private static string Decode(ReadOnlySpan<char> text) => WebUtility.UrlDecode(text.ToString());
}
