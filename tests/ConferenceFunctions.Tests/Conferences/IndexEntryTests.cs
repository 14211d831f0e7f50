using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Tests.Conferences;

public class IndexEntryTests
{
    private static readonly long Noon = EventTime.From(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_conference_is_found_on_every_day_from_its_start_to_its_last_event()
    {
        IndexEntry entry = Of(new ConferenceState { FirstEvent = Noon, LastEvent = Noon + (2 * EventTime.Day), Ended = Noon + (2 * EventTime.Day) });

        Assert.Equal(
            [IndexEntry.DayPartition(Noon), IndexEntry.DayPartition(Noon + EventTime.Day), IndexEntry.DayPartition(Noon + (2 * EventTime.Day))],
            entry.Positions("c1").Select(row => row.PartitionKey));
    }

    [Fact]
    public void Nothing_is_said_of_a_conference_of_which_nothing_is_known() => Assert.Null(IndexEntry.Of(ConferenceState.Empty));

    [Fact]
    public void It_sorts_by_its_start_and_where_none_was_heard_of_by_its_first_event()
    {
        Assert.Equal(Noon + 5, Of(new ConferenceState { Started = Noon + 5, FirstEvent = Noon }).Sort);
        Assert.Equal(Noon, Of(new ConferenceState { FirstEvent = Noon }).Sort);
        Assert.Equal(0, Of(new ConferenceState { Size = new(1, "0_x") }).Sort);
    }

    [Fact]
    public void Later_conferences_and_later_days_sort_first()
    {
        string earlier = new IndexEntry(Noon, Noon, true, null, null).RowKey("c1");
        string later = new IndexEntry(Noon + 1, Noon, true, null, null).RowKey("c1");

        Assert.True(string.CompareOrdinal(later, earlier) < 0);
        Assert.True(string.CompareOrdinal(IndexEntry.DayPartition(Noon + EventTime.Day), IndexEntry.DayPartition(Noon)) < 0);
    }

    [Fact]
    public void A_forged_time_neither_fills_the_index_nor_hides_the_last_day()
    {
        IEnumerable<long> days = Of(new ConferenceState { FirstEvent = 5, LastEvent = Noon }).Days;

        Assert.Equal(60, days.Count());
        Assert.Equal((0, EventTime.StartOfDay(Noon)), (days.First(), days.Last()));
        Assert.Equal(days.Order(), days);
    }

    [Fact]
    public void The_day_of_the_start_counts_where_every_event_was_before() =>
        Assert.Equal([EventTime.StartOfDay(Noon)], Of(new ConferenceState { Started = Noon, FirstEvent = 5, LastEvent = 6 }).Days);

    [Fact]
    public void Events_of_a_day_that_is_known_change_nothing() => Assert.Equal(
        IndexEntry.Of(new ConferenceState { FirstEvent = Noon, LastEvent = Noon }), IndexEntry.Of(new ConferenceState { FirstEvent = Noon, LastEvent = Noon + 1 }));

    [Theory]
    [InlineData("plain")]
    [InlineData("it's 😀/#%")]
    public void A_name_leads_to_the_partition_that_is_asked_for(string name)
    {
        IndexEntry entry = Of(new ConferenceState { Name = new(name, "1_x"), Document = new("room", "1_x") });

        Assert.Contains(IndexEntry.NamePartition(name), entry.Positions("c1").Select(row => row.PartitionKey));
        Assert.Contains(IndexEntry.DocumentPartition("room"), entry.Positions("c1").Select(row => row.PartitionKey));
    }

    [Fact]
    public void However_long_a_name_is_its_keys_fit()
    {
        IndexEntry entry = Of(new ConferenceState { Name = new(new string('日', 10_000), "1_x"), Ended = 1 });

        Assert.All(entry.Positions(new string('ü', 5000)), row => Assert.InRange(Math.Max(row.PartitionKey.Length, row.RowKey.Length), 1, 512));
        Assert.All(entry.Positions(new string('ü', 5000)), row => Assert.True(StorageKey.IsKey(row.PartitionKey) && StorageKey.IsKey(row.RowKey)));
    }

    [Fact]
    public void A_cursor_leads_back_to_its_place_and_is_safe_in_a_URL()
    {
        var place = new IndexPosition("name_~F0~9F", "0123_c1");

        Assert.Equal(place, IndexPosition.FromCursor(place.ToCursor()));
        Assert.All(place.ToCursor(), character => Assert.True(char.IsAsciiLetterOrDigit(character) || character is '-' or '_'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("YQ")]
    [InlineData("J2EKYg")]
    [InlineData("%%")]
    public void What_is_no_cursor_is_none(string text) => Assert.Null(IndexPosition.FromCursor(text));

    private static IndexEntry Of(ConferenceState state) => IndexEntry.Of(state)!;
}
