using ConferenceFunctions.Core;
using Microsoft.Extensions.Time.Testing;

namespace ConferenceFunctions.Tests;

public class RateLimitTests
{
    [Fact]
    public void So_many_have_a_turn_in_a_second_and_again_in_the_next()
    {
        var time = new FakeTimeProvider();
        var limit = new RateLimit(3, time);

        bool[] first = [.. Enumerable.Range(0, 5).Select(_ => limit.TakeTurn())];
        time.Advance(TimeSpan.FromSeconds(1));
        bool[] second = [.. Enumerable.Range(0, 5).Select(_ => limit.TakeTurn())];

        Assert.Equal([true, true, true, false, false], first);
        Assert.Equal(first, second);
    }
}
