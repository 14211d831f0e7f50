namespace ConferenceFunctions.Tests.Infrastructure;

/// <summary>The repository that the tests were built from.</summary>
public static class Repository
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A file or folder below the top folder.</summary>
    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>Text of a file below the top folder.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "ConferenceFunctions.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests don't run inside the repository."));
}
