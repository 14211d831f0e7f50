using System.Text;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Tests.Swml;

public class DocumentReviewTests
{
    private static DocumentVerdict Review(string join)
    {
        var auth = new AuthOptions { CallbackSecret = "a-secret-of-more-than-thirty-two-characters" };
        var urls = new PublicUrls(
            Options.Create(new PublicUrlOptions { PublicBaseUrl = "https://rooms.example.com" }), new CapabilityTokens(Options.Create(auth)));
        string json = """{"sections":{"main":[{"join_conference":JOIN}]}}""".Replace("JOIN", join, StringComparison.Ordinal);
        return new DocumentReview(new SwmlInstrumentation(urls)).Review("room", Encoding.UTF8.GetBytes(json));
    }

    [Theory]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"name":"x","status_callback":"https://rooms.example.com/api/callbacks/conference/room?t=x"}""")]
    [InlineData("""{"name":"x","status_callback_event":"start end join leave","recording_status_callback":"https://example.com/r"}""")]
    [InlineData("""{"name":"x","region":"eu"}""")]
    [InlineData("""{"name":"x","region":"%{vars.region}","status_callback_event":"%{vars.events}"}""")]
    [InlineData("\"x\"")]
    public void What_is_tracked_gives_no_warning(string join) => Assert.Empty(Review(join).Warnings);

    [Theory]
    [InlineData("""{"name":"x","status_callback":"https://example.com/c"}""", "status_callback", "the conference is not tracked here")]
    [InlineData("""{"name":"x","status_callback":"%{vars.url}"}""", "status_callback", "the conference is not tracked here")]
    [InlineData("""{"name":"x","status_callback_event":"start join leave"}""", "status_callback_event", "'end' is not among the events")]
    [InlineData("""{"name":"x","status_callback_event":"start end leave"}""", "status_callback_event", "'join' is not among the events")]
    [InlineData("""{"name":"x","status_callback":"https://example.com/c","recording_status_callback":"https://example.com/r"}""", "recording_status_callback", "recordings are not archived")]
    [InlineData("""{"name":"x","status_callback_event":"start join leave","recording_status_callback_event":"absent"}""", "recording_status_callback", "recordings are not archived")]
    [InlineData("""{"name":"x","region":"us-east"}""", "region", "none of the regions")]
    [InlineData("""{"name":"x","result":{"variable":"return_value","case":{}}}""", "result", "reported not to know 'result'")]
    public void What_is_suspicious_is_told(string join, string property, string message)
    {
        DocumentVerdict verdict = Review(join);

        Assert.NotNull(verdict.Document);
        Assert.Contains(verdict.Warnings, warning =>
            warning.Path == "sections.main[0].join_conference." + property && warning.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Broken_json_that_is_yaml_is_told()
    {
        DocumentVerdict verdict = Review("""{"name":"x","muted":true,}""");

        Assert.NotNull(verdict.Document);
        Assert.Contains("begins like JSON, but is none", Assert.Single(verdict.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_grows_too_large_with_callbacks_is_refused()
    {
        string joins = string.Join(',', Enumerable.Repeat("""{"join_conference":{"name":"x"}}""", 200));
        DocumentVerdict verdict = Review("""{"name":"x","result":{"variable":"x","case":{"a":[JOINS]}}}""".Replace("JOINS", joins, StringComparison.Ordinal));

        Assert.Null(verdict.Document);
        Assert.Contains("with callback URLs", Assert.Single(verdict.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_is_too_large_as_yaml_alone_says_so()
    {
        string urls = string.Join(',', Enumerable.Range(1000, 1700).Select(i => $"\"https://example.com/{i}.mp3\""));
        DocumentVerdict verdict = Review("""{"name":"x","result":{"variable":"x","case":{"a":[{"play":{"urls":[URLS]}}]}}}""".Replace("URLS", urls, StringComparison.Ordinal));

        Assert.Null(verdict.Document);
        Assert.Matches("has 5.,... bytes as JSON and [6-9].,... as YAML", Assert.Single(verdict.Faults).Message);
    }

    [Theory]
    [InlineData("", "role=moderator", true, "role=moderator")]
    [InlineData("", "role=moderator&code=secret&t=token", true, "role=moderator")]
    [InlineData("", "name=a+b%26c", true, "name=a%20b%26c")]
    [InlineData("", "role=x", false, "The role 'x' is unknown.")]
    [InlineData("stored", "role=coach", true, "role=coach")]
    [InlineData("stored", "muted=true", false, "'room' is a stored document")]
    [InlineData("stored", "role=x", false, "The role 'x' is unknown.")]
    [InlineData("stored", "role=coach&role=moderator", false, "The parameter 'role' is there twice.")]
    public void The_query_of_a_url_to_paste_is_checked_and_carried_over_without_keys(string stored, string query, bool valid, string expected)
    {
        Assert.Equal(valid, DocumentQuery.TryCheck("room", stored.Length > 0, query, out string? checkedQuery, out string? fault));
        Assert.Contains(expected, checkedQuery ?? fault!, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", checkedQuery ?? "", StringComparison.Ordinal);
    }
}
