using System.Net;
using System.Net.Http.Headers;
using ConferenceFunctions.Core.Recordings;

namespace ConferenceFunctions.Tests.Recordings;

public class RecordingFaultTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(404, "120")]
    [InlineData(425, "120")]
    [InlineData(429, "120")]
    [InlineData(429, "Thu, 01 Jan 2026 12:02:00 GMT")]
    [InlineData(500, "Thu, 01 Jan 2026 12:02:00 GMT")]
    [InlineData(503, "Thu, 01 Jan 2026 12:02:00 GMT")]
    public void A_source_that_asks_to_be_left_alone_is_whichever_way_it_says_so(int status, string retryAfter)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.RetryAfter = RetryConditionHeaderValue.Parse(retryAfter);

        RecordingFault fault = RecordingFault.Of(response, wasAuthorized: false, Now);

        Assert.Equal(TimeSpan.FromMinutes(2), fault.RetryAfter);
        Assert.Contains($"{status}", fault.Reason, StringComparison.Ordinal);
        Assert.False(fault.IsFinal);
    }

    [Fact]
    public void What_is_gone_is_not_asked_for_again()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Gone);

        Assert.True(RecordingFault.Of(response, wasAuthorized: false, Now).IsFinal);
    }
}
