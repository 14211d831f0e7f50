using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Storage;

public class StorageKeyTests
{
    [Theory]
    [InlineData("0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69")]
    [InlineData("Team.Meeting-1")]
    public void Plain_parts_stand_for_themselves(string part) => Assert.Equal(part, StorageKey.Escape(part));

    [Theory]
    [InlineData("a/b", "a~2Fb")]
    [InlineData("a\\b", "a~5Cb")]
    [InlineData("a#b?c", "a~23b~3Fc")]
    [InlineData("a_b~c", "a~5Fb~7Ec")]
    [InlineData("it's", "it~27s")]
    [InlineData(".", "~2E")]
    [InlineData("..", ".~2E")]
    [InlineData("Inc.", "Inc~2E")]
    [InlineData("ä", "~C3~A4")]
    [InlineData("\U0001F600", "~F0~9F~98~80")]
    [InlineData("\u0000\u001f\u007f\u0085", "~00~1F~7F~C2~85")]
    public void Every_other_character_is_escaped_by_its_bytes(string part, string key) => Assert.Equal(key, StorageKey.Escape(part));

    [Fact]
    public void Keys_have_at_most_512_characters_however_long_their_parts_are()
    {
        string part = new('ü', 5000);

        Assert.InRange(StorageKey.Escape(part).Length, 1, 300);
        Assert.InRange(StorageKey.Participant(part).Length, 1, 512);
        Assert.InRange(StorageKey.Event(9_999_999_999_999_999, part, part, new string('f', 32)).Length, 1, 512);
    }

    [Fact]
    public void Long_parts_that_differ_only_at_their_ends_have_different_keys()
    {
        string part = new('x', 1000);

        Assert.NotEqual(StorageKey.Escape(part + "a"), StorageKey.Escape(part + "b"));
    }

    [Fact]
    public void A_part_that_looks_like_a_cut_one_has_another_key_than_the_one_it_looks_like()
    {
        string cut = StorageKey.Escape(new string('x', 1000));

        Assert.NotEqual(cut, StorageKey.Escape(cut));
    }

    [Theory]
    [InlineData("team", "team_meeting")]
    [InlineData("tëäm", "tëäm/1")]
    [InlineData("", "x")]
    public void The_key_of_a_prefix_is_a_prefix_of_the_key(string prefix, string whole) =>
        Assert.StartsWith(StorageKey.Escape(prefix), StorageKey.Escape(whole), StringComparison.Ordinal);

    [Theory]
    [InlineData("Inc", "Inc.")]
    [InlineData("Inc.", "Inc.")]
    [InlineData("Inc.", "Inc.net")]
    [InlineData(".", "..")]
    public void What_begins_with_a_prefix_has_a_key_that_begins_with_the_key_of_the_prefix(string prefix, string whole) =>
        Assert.StartsWith(StorageKey.EscapePrefix(prefix), StorageKey.Escape(whole), StringComparison.Ordinal);

    [Fact]
    public void Events_sort_by_time()
    {
        string[] keys =
        [
            StorageKey.Event(0, "x", "c", "3"), StorageKey.Event(5, "b", "c", "2"), StorageKey.Event(1_640_000_000_123_000, "a", "c", "1"),
        ];

        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parts_can_not_be_shifted_into_each_other() =>
        Assert.NotEqual(StorageKey.Event(1, "a_b", "c", "1"), StorageKey.Event(1, "a", "b_c", "1"));

    [Fact]
    public void Everything_that_begins_with_a_prefix_lies_between_it_and_what_comes_after()
    {
        string after = StorageKey.After(StorageKey.EventPrefix);

        Assert.True(string.CompareOrdinal(StorageKey.Event(9_999_999_999_999_999, "~", "~", "f"), after) < 0);
        Assert.True(string.CompareOrdinal(after, StorageKey.ParticipantPrefix) < 0);
    }

    [Fact]
    public void No_two_parts_have_one_key_and_no_key_a_forbidden_character() => Seeded.Run(Seeded.Iterations(50, 500), random =>
    {
        string[] parts = [.. Enumerable.Range(0, 200).Select(_ => Text(random)).Distinct()];
        string[] keys = [.. parts.Select(StorageKey.Escape)];

        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.True(key.Length == 0 || StorageKey.IsKey(key)));
        Assert.All(keys, key => Assert.DoesNotContain('_', key));
        Assert.All(keys, key => Assert.InRange(key.Length, 0, 300));
    });

    [Fact]
    public void The_key_of_any_prefix_is_a_prefix_of_the_key() => Seeded.Run(Seeded.Iterations(500, 5_000), random =>
    {
        string whole = Text(random);
        int cut = random.Next(whole.Length + 1);
        // Half a character is not what anybody would look for.
        string prefix = whole[..(cut > 0 && char.IsHighSurrogate(whole[cut - 1]) ? cut - 1 : cut)];

        Assert.StartsWith(StorageKey.EscapePrefix(prefix), StorageKey.Escape(whole), StringComparison.Ordinal);
    });

    [Fact]
    public void Later_times_sort_first_where_that_is_wanted() => Assert.True(
        string.CompareOrdinal(StorageKey.Descending(1_767_225_600_000_001), StorageKey.Descending(1_767_225_600_000_000)) < 0);

    [Theory]
    [InlineData("e_0000000000000001_participant-join_call~2F1_ff", true)]
    [InlineData("", false)]
    [InlineData("it's", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("a\n", false)]
    public void A_key_has_only_characters_of_keys(string text, bool isKey) => Assert.Equal(isKey, StorageKey.IsKey(text));

    private static string Text(Random random)
    {
        string[] characters = ["a", "B", "7", "-", ".", "_", "~", "/", "\\", "#", "?", "%", "'", "\"", " ", "\n", "\0", "ä", "日", "😀"];
        return string.Concat(Enumerable.Range(0, random.Next(random.Next(2) == 0 ? 12 : 600)).Select(_ => random.Pick(characters)));
    }
}
