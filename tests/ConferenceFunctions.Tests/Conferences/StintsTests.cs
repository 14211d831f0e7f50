using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Tests.Conferences;

public class StintsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddSeconds(1000);

    /// <summary>Stints as text: from-to, ? for unknown, … for lasting, and how they ended. Times in seconds.</summary>
    private static string Show(long[] joins, long[] leaves, long? ended = null, StintEnd reason = StintEnd.ConferenceEnded) => string.Join(
        ' ',
        Stints.From(
            [.. joins.Select(time => time * 1_000_000)],
            [.. leaves.Select(time => time * 1_000_000)],
            ended is null ? null : new ConferenceEnd(ended.Value * 1_000_000, reason),
            Now).Select(stint => $"{Second(stint.JoinedAt)}-{(stint.Open ? "…" : Second(stint.LeftAt))}/{stint.Seconds?.ToString() ?? "?"}/{stint.End?.ToString() ?? "Open"}"));

    private static string Second(DateTimeOffset? time) => time is null ? "?" : $"{EventTime.From(time.Value) / 1_000_000}";

    [Fact]
    public void A_join_and_a_leave_make_a_stint() => Assert.Equal("10-20/10/Left", Show([10], [20]));

    [Fact]
    public void A_rejoin_makes_another_one() => Assert.Equal("10-20/10/Left 30-45/15/Left", Show([10, 30], [20, 45]));

    [Fact]
    public void A_second_join_closes_the_stint_that_is_open() => Assert.Equal("10-30/20/Rejoined 30-45/15/Left", Show([10, 30], [45]));

    [Fact]
    public void A_leave_alone_makes_a_stint_without_a_join() => Assert.Equal("?-20/?/Left 30-40/10/Left", Show([30], [20, 40]));

    [Fact]
    public void What_is_open_lasts_until_now() => Assert.Equal("10-…/990/Open", Show([10], []));

    [Fact]
    public void The_end_of_the_conference_closes_what_is_open() => Assert.Equal("10-50/40/ConferenceEnded", Show([10], [], 50));

    [Fact]
    public void A_conference_of_which_nothing_more_was_heard_closes_what_is_open_at_its_last_event() =>
        Assert.Equal("10-50/40/Stale", Show([10], [], 50, StintEnd.Stale));

    [Fact]
    public void An_end_without_a_time_closes_what_is_open_at_no_known_time() => Assert.Equal("10-?/?/ConferenceEnded", Show([10], [], 0));

    [Fact]
    public void A_leave_after_the_end_counts() => Assert.Equal("10-51/41/Left", Show([10], [51], 50));

    [Fact]
    public void Who_leaves_and_joins_again_in_one_second_leaves_first() => Assert.Equal("10-20/10/Left 20-30/10/Left", Show([10, 20], [20, 30]));

    [Fact]
    public void Who_joins_and_leaves_in_one_second_joins_first() => Assert.Equal("20-20/0/Left", Show([20], [20]));

    [Fact]
    public void A_join_without_a_time_makes_a_stint_of_unknown_length() => Assert.Equal("?-20/?/Left", Show([0], [20]));

    [Fact]
    public void Without_any_times_a_join_and_a_leave_are_a_stint_that_is_over() => Assert.Equal("?-?/?/Left", Show([0], [0]));

    [Fact]
    public void Nothing_makes_nothing() => Assert.Equal("", Show([], []));
}
