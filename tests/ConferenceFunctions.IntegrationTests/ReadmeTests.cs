using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public partial class ReadmeTests(AzuriteFixture azurite)
{
    private const string ReadmeBaseUrl = "http://127.0.0.1:7071";

    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public async Task Every_document_of_the_readme_is_answered_as_it_says()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        MatchCollection examples = Example.Matches(Readme);

        Assert.Equal(3, examples.Count);
        foreach (Match example in examples)
        {
            using var document = new StringContent(example.Groups["document"].Value, Encoding.UTF8, "application/yaml");
            using HttpResponseMessage stored = await host.Client.PutAsync(new Uri(example.Groups["put"].Value, UriKind.Relative), document, TestContext.Current.CancellationToken);
            string answer = await host.Client.GetStringAsync(new Uri(example.Groups["get"].Value, UriKind.Relative), TestContext.Current.CancellationToken);
            string told = example.Groups["answer"].Value.Replace(ReadmeBaseUrl, host.BaseUrl, StringComparison.Ordinal);

            Assert.True(stored.IsSuccessStatusCode);
            if (example.Groups["format"].Value == "json")
            {
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(told), JsonNode.Parse(answer)), answer);
            }
            else
            {
                Assert.Equal(told, answer);
            }
        }
    }

    [Fact]
    public async Task Every_document_in_the_readme_is_valid()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        string[] documents = [.. Yaml.Matches(Readme).Select(match => match.Groups["yaml"].Value).Where(yaml => yaml.Contains("sections:", StringComparison.Ordinal))];

        Assert.True(documents.Length > 4);
        foreach (string text in documents)
        {
            using var document = new StringContent(text, Encoding.UTF8, "application/yaml");
            using HttpResponseMessage stored = await host.Client.PutAsync(new Uri("documents/recipe", UriKind.Relative), document, TestContext.Current.CancellationToken);
            Assert.True(stored.IsSuccessStatusCode, await stored.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Every_test_that_the_readme_names_is_there()
    {
        ILookup<string, string> tests = Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

        Assert.All(NamedTest.Matches(Readme), test => Assert.Contains(
            tests[test.Groups["class"].Value], text => !test.Groups["method"].Success || text.Contains($" {test.Groups["method"].Value}(", StringComparison.Ordinal)));
        Assert.True(NamedTest.Count(Readme) > 20);
    }

    [Fact]
    public void Every_sentence_of_what_the_readme_guarantees_names_its_test()
    {
        string guarantees = Guarantees.Match(Readme).Groups["text"].Value;
        string[] sentences = [.. guarantees.Split("\n- ").Skip(1).SelectMany(guarantee => EndOfSentence.Split(guarantee.Trim()))];

        Assert.True(sentences.Length > 10);
        Assert.All(sentences, sentence => Assert.Matches(NamedTest, sentence));
    }

    [GeneratedRegex("`PUT /api/(?<put>documents/\\w+)`\n\n```yaml\n(?<document>.*?)```\n\n`GET /api/(?<get>[^`]+)`\n\n```(?<format>json|yaml)\n(?<answer>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example { get; }

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<method>\w+))?`")]
    private static partial Regex NamedTest { get; }

    [GeneratedRegex("## What this guarantees\n(?<text>.*?)\n## ", RegexOptions.Singleline)]
    private static partial Regex Guarantees { get; }

    [GeneratedRegex(@"(?<=\.)\s+(?=[A-Z])")]
    private static partial Regex EndOfSentence { get; }

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml { get; }
}
