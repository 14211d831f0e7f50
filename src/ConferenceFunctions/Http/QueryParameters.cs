using System.Globalization;
using ConferenceFunctions.Core.SignalWire;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Http;

/// <summary>The query parameters of an API request. What is unknown or wrong is a 400 that says what there is and what it takes.</summary>
internal sealed class QueryParameters
{
    // What the Functions host takes for a function key.
    private const string FunctionKey = "code";
    private const string DateFormat = "yyyy-MM-dd";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly string _path;

    private QueryParameters(string path) => _path = path;

    /// <summary>Reads the query of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">Names of the parameters that there are.</param>
    /// <exception cref="BadHttpRequestException">There is another one, or one is there twice.</exception>
    public static QueryParameters Read(HttpRequest request, params ReadOnlySpan<string> known)
    {
        string[] target = RawTarget.PathAndQuery(request).Split('?', 2);
        var parameters = new QueryParameters(target[0]);
        foreach ((string name, string value) in FormFields.Parse(target is [_, var query] ? query : ""))
        {
            if (name == FunctionKey)
            {
                continue;
            }

            if (!known.Contains(name))
            {
                throw new BadHttpRequestException(known.IsEmpty
                    ? $"The parameter '{name}' is unknown. There are none here."
                    : $"The parameter '{name}' is unknown. There are: {string.Join(", ", known.ToArray())}.");
            }

            if (!parameters._values.TryAdd(name, value))
            {
                throw new BadHttpRequestException($"The parameter '{name}' is there twice.");
            }
        }

        return parameters;
    }

    /// <summary>The value of a parameter; null where it is missing or empty.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>A parameter that is one of several words.</summary>
    public string? Word(string name, IReadOnlyList<string> words) =>
        Text(name) is not { } text || words.Contains(text) ? Text(name)
        : throw new BadHttpRequestException($"'{name}' takes one of: {string.Join(", ", words)}.");

    /// <summary>A parameter that is true or false.</summary>
    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new BadHttpRequestException($"'{name}' takes true or false."),
    };

    /// <summary>A parameter that is a whole number.</summary>
    public int Number(string name, int otherwise, int min, int max) =>
        Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max ? number
        : throw new BadHttpRequestException($"'{name}' takes a whole number from {min} to {max}.");

    /// <summary>A parameter that is a point in time, or a day in UTC.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="endOfDay">Whether a day means its end rather than its beginning.</param>
    public DateTimeOffset? Time(string name, bool endOfDay = false)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day))
        {
            return endOfDay && day < DateTimeOffset.MaxValue.AddDays(-1) ? day.AddDays(1) : day;
        }

        // A plus that was not escaped came as a blank.
        return text.Contains('T', StringComparison.OrdinalIgnoreCase) && DateTimeOffset.TryParse(
            text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time
                : throw new BadHttpRequestException($"'{name}' takes a time as in 2026-01-31T12:00:00Z, or a day in UTC as in 2026-01-31.");
    }

    /// <summary>URL of the same list, from a cursor on; null where there is no more.</summary>
    public string? Next(PublicUrls urls, string? cursor)
    {
        IEnumerable<string> parameters = _values.Where(parameter => parameter.Key != "cursor").Append(KeyValuePair.Create("cursor", cursor ?? ""))
            .Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}");
        return cursor is null ? null : $"{urls.BaseUrl}{_path}?{string.Join('&', parameters)}";
    }
}
