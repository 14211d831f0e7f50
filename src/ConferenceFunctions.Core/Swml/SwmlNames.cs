namespace ConferenceFunctions.Core.Swml;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class SwmlNames
{
    /// <summary>The known name nearest to the given one, or null where none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        (string Name, int Distance) best = known
            .Select(candidate => (candidate, Distance(name, candidate)))
            .OrderBy(candidate => candidate.Item2)
            .FirstOrDefault(("", int.MaxValue));
        return best.Distance <= Math.Max(2, name.Length / 3) ? best.Name : null;
    }

    /// <summary>A hint for an error message: " Did you mean '…'?", or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> known) =>
        Nearest(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    // Levenshtein. Names are short; anything longer than a name ever is counts as far away.
    private static int Distance(string one, string other)
    {
        if (one.Length > 64)
        {
            return int.MaxValue;
        }

        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 0; i < one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < other.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(one[i]) == char.ToLowerInvariant(other[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
