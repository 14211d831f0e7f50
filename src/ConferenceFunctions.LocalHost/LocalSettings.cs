using System.Text.Json;

namespace ConferenceFunctions.LocalHost;

/// <summary>
/// Settings as the Functions tools read them: <c>Values</c> of local.settings.json, or of local.settings.sample.json where there is
/// none; environment variables come on top.
/// </summary>
internal static class LocalSettings
{
    private static readonly string[] Files = ["local.settings.json", "local.settings.sample.json"];

    public static void Add(IConfigurationBuilder configuration, string directory)
    {
        string? path = Files.Select(file => Path.Combine(directory, file)).FirstOrDefault(File.Exists);
        if (path is not null)
        {
            configuration.AddInMemoryCollection(Read(path));
        }

        configuration.AddEnvironmentVariables();
    }

    private static Dictionary<string, string?> Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (JsonProperty value in document.RootElement.GetProperty("Values").EnumerateObject())
            {
                // What Values are to the tools is environment variables: a colon is written as two underscores, and the last one counts.
                values[value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ToString();
            }

            return values;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocalHostException($"{Path.GetFileName(path)} can't be read: it takes an object with the object 'Values'. {exception.Message}", exception);
        }
    }
}
