namespace ConferenceFunctions.Core.Swml;

/// <summary>The document that callers hear while they wait: hold music.</summary>
public static class WaitDocument
{
    // A long list rather than a loop: SWML's goto goes round at most 100 times.
    private const int Plays = 100;
    private const int MaxCharacters = 32_000;

    /// <summary>Plays the URLs one after the other, again and again.</summary>
    /// <param name="holdMusic">URLs for <c>play</c>, at least one.</param>
    public static SwmlObject Create(IReadOnlyList<string> holdMusic)
    {
        ArgumentNullException.ThrowIfNull(holdMusic);
        ArgumentOutOfRangeException.ThrowIfZero(holdMusic.Count);
        int rounds = Math.Max(1, Math.Min(Plays / holdMusic.Count, MaxCharacters / holdMusic.Sum(url => url.Length + 3)));
        SwmlNode[] urls = [.. Enumerable.Repeat(holdMusic, rounds).SelectMany(url => url).Select(SwmlScalar.Of)];
        var main = new SwmlArray([SwmlObject.Of("play", SwmlObject.Of("urls", new SwmlArray(urls)))]);
        return new SwmlObject([new("version", SwmlScalar.Of("1.0.0")), new("sections", SwmlObject.Of("main", main))]);
    }
}
