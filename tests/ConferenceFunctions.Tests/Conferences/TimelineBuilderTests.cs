using System.Globalization;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Tests.Conferences;

public class TimelineBuilderTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddSeconds(1000);

    [Fact]
    public void What_is_switched_on_and_off_is_an_interval() =>
        Assert.Equal("10-20/10 30-35/5 =15", Muted([Mute(10), Mute(20, false), Mute(30), Mute(35, false)]));

    [Fact]
    public void Marks_may_come_in_any_order() => Assert.Equal("10-20/10 =10", Muted([Mute(20, false), Mute(10)]));

    [Fact]
    public void What_is_on_already_is_not_switched_on_again() => Assert.Equal("10-30/20 =20", Muted([Mute(10), Mute(20), Mute(30, false), Mute(40, false)]));

    [Fact]
    public void Flags_of_any_event_count() =>
        Assert.Equal("10-20/10 =10", Muted([Mark(10, "participant-join", muted: true), Mark(15, "participant-hold"), Mark(20, "participant-modify", muted: false)]));

    [Fact]
    public void Leaving_ends_everything() => Assert.Equal("10-20/10 =10", Muted([Mute(10), Mark(20, "participant-leave", muted: true), Mute(25, false)]));

    [Fact]
    public void The_end_of_the_conference_ends_what_is_open() => Assert.Equal("10-50/40 =40", Muted([Mute(10)], 50));

    [Fact]
    public void What_begins_after_the_end_lasts_for_no_time() => Assert.Equal("50-50/0 =0", Muted([Mute(60)], 50));

    [Fact]
    public void Nothing_lasts_longer_than_the_conference()
    {
        Assert.Equal("30-50/20 =20", Muted([Mute(30), Mute(55, false)], 50));
        Assert.Equal("30-50/20 =20", Muted([Join(10), Mute(30), Leave(60)], 50));
    }

    [Fact]
    public void What_was_on_before_somebody_came_again_is_on_no_more() =>
        Assert.Equal("10-20/10 25-30/5 =15", Muted([Join(5), Mute(10), Join(20), Mute(25), Leave(30)]));

    [Fact]
    public void What_happens_while_somebody_is_away_counts_for_nothing() =>
        Assert.Equal("25-27/2 =2", Muted([Join(5), Leave(10), Mute(15), Join(20), Mute(25), Leave(27), Mute(28)]));

    [Fact]
    public void Where_a_join_was_missed_the_stay_begins_after_the_one_before() =>
        Assert.Equal("15-20/5 =5", Muted([Join(5), Leave(10), Mute(15), Leave(20)]));

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void Who_leaves_and_comes_again_at_one_time_begins_anew_whatever_the_ids_are(string leave, string join) => Assert.Equal(
        "10-20/10 20-30/10 =20", Muted([Join(5), Mute(10), Leave(20, leave), Mark(20, "participant-join", muted: true, id: join), Leave(30)]));

    [Fact]
    public void Every_lane_ends_with_the_stay()
    {
        ParticipantTimeline timeline = Build(
            [Join(5), Mark(10, "participant-speech-start"), Mark(11, "participant-hold", held: true), Mark(12, "participant-modify", coaching: true), Join(20), Leave(30)], null);

        Assert.Equal("5-20/15 20-30/10 =25", Show(timeline.Present));
        Assert.Equal("10-20/10 =10", Show(timeline.Speaking));
        Assert.Equal("11-20/9 =9", Show(timeline.Held));
        Assert.Equal("12-20/8 =8", Show(timeline.Coaching));
    }

    [Fact]
    public void What_lasts_is_counted_until_now() => Assert.Equal("10-…/990 =990", Muted([Mute(10)]));

    [Fact]
    public void What_has_no_time_has_no_length() => Assert.Equal("?-20/? =0", Muted([Mute(0), Mute(20, false)]));

    [Fact]
    public void At_one_time_the_greater_id_decides() => Assert.Equal("10-…/990 =990", Muted([Mute(10, true, "b"), Mute(10, false, "a")]));

    [Fact]
    public void Speaking_is_between_start_and_stop()
    {
        ParticipantTimeline timeline = Build([Mark(10, "participant-speech-start"), Mark(12, "participant-speech-stop"), Mark(14, "participant-speech-start")], 20);

        Assert.Equal("10-12/2 14-20/6 =8", Show(timeline.Speaking));
        Assert.Equal("=0", Show(timeline.Held));
    }

    [Fact]
    public void Held_and_coaching_are_lanes_of_their_own()
    {
        ParticipantTimeline timeline = Build([Mark(10, "participant-hold", held: true), Mark(11, "participant-modify", coaching: true), Mark(12, "participant-unhold", held: false)], 20);

        Assert.Equal("10-12/2 =2", Show(timeline.Held));
        Assert.Equal("11-20/9 =9", Show(timeline.Coaching));
        Assert.Equal("=0", Show(timeline.Muted));
    }

    [Fact]
    public void Twenty_thousand_stays_make_as_many_stints()
    {
        long[] joins = [.. Enumerable.Range(1, 20_000).Select(stay => stay * 10_000_000L)];
        long[] leaves = [.. joins.Select(join => join + 4_000_000)];

        IReadOnlyList<Stint> stints = Stints.From(joins, leaves, null, Now);

        Assert.Equal(20_000, stints.Count);
        Assert.All(stints, stint => Assert.Equal(4, stint.Seconds));
    }

    private static string Muted(EventMark[] marks, long? ended = null) => Show(Build(marks, ended).Muted);

    private static ParticipantTimeline Build(EventMark[] marks, long? ended)
    {
        ConferenceEnd? end = ended is null ? null : new ConferenceEnd(ended.Value * 1_000_000, StintEnd.ConferenceEnded);
        return TimelineBuilder.Build("a", null, marks, Stints.From(TimesOf("participant-join"), TimesOf("participant-leave"), end, Now), end, Now);

        long[] TimesOf(string status) => [.. marks.Where(mark => mark.Key.Status == status).Select(mark => mark.Key.Time).Order()];
    }

    private static EventMark Join(long second) => Mark(second, "participant-join");

    private static EventMark Leave(long second, string id = "x") => Mark(second, "participant-leave", id: id);

    private static EventMark Mute(long second, bool on = true, string id = "x") => Mark(second, on ? "participant-mute" : "participant-unmute", muted: on, id: id);

    private static EventMark Mark(long second, string status, bool? muted = null, bool? held = null, bool? coaching = null, string id = "x") =>
        new(new EventKey(second * 1_000_000, status, "a", id), muted, held, coaching);

    private static string Show(TimelineLane lane) => string.Join(' ', lane.Intervals
        .Select(interval => $"{Second(interval.From)}-{(interval.Open ? "…" : Second(interval.To))}/{interval.Seconds?.ToString(CultureInfo.InvariantCulture) ?? "?"}")
        .Append(FormattableString.Invariant($"={lane.TotalSeconds}")));

    private static string Second(DateTimeOffset? time) => time is null ? "?" : $"{EventTime.From(time.Value) / 1_000_000}";
}
