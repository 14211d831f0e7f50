using System.Globalization;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Swml;

/// <summary>Makes valid documents at random: every property, steps nested in every way, and text that is hard to write.</summary>
internal sealed class RandomSwml(Random random)
{
    private static readonly string[] Texts =
    [
        "team_meeting", "yes", "no", "on", "null", "~", "true", "010", "1_000", "+15551234567", "1.0.0", "a: b", "a #b", "- x", "%{vars.x}", "${call.from} at %{call.to}",
        "ä 日本 😀", "\"quoted\"", "it's", "\\", "\n two\n lines ", "\t", "{}", "[x]", "&a", "*a", "!t", "|", ">", "@", "`", "0x1F", "1e5", "5", "-", "?", ":", "=", "<<", "\u0001", "\u2028", "\u00A0", "  x  ",
    ];

    private const int MaxBytes = 30_000;

    public SwmlObject Document()
    {
        SwmlObject document;
        do
        {
            document = AnyDocument();
        }
        while (SwmlText.WriteJson(document).Length > MaxBytes);

        return document;
    }

    private SwmlObject AnyDocument()
    {
        List<SwmlMember> sections = [new("main", new SwmlArray(Steps(0, atLeast: 1)))];
        for (int i = random.Next(3); i > 0; i--)
        {
            sections.Add(new SwmlMember($"section{i}", new SwmlArray(Steps(1))));
        }

        List<SwmlMember> document = [new("sections", new SwmlObject(sections))];
        if (random.Next(2) == 0)
        {
            document.Insert(0, new SwmlMember("version", SwmlScalar.Of("1.0.0")));
        }

        return new SwmlObject(document);
    }

    private List<SwmlNode> Steps(int depth, int atLeast = 0) => [.. Enumerable.Range(0, random.Next(atLeast, 4)).Select(_ => Step(depth))];

    private SwmlNode Step(int depth) => random.Next(depth > 2 ? 3 : 10) switch
    {
        0 => SwmlScalar.Of(random.Pick("hangup", "answer")),
        1 => SwmlObject.Of("play", SwmlObject.Of("url", SwmlScalar.Of("say:" + Text()))),
        2 => SwmlObject.Of("set", Anything(depth)),
        3 when random.Next(3) == 0 => SwmlObject.Of("join_conference", SwmlScalar.Of(random.Pick("room", "%{vars.room}"))),
        3 or 4 or 5 => SwmlObject.Of("join_conference", Join(depth)),
        6 => SwmlObject.Of("switch", Switch(depth)),
        7 => SwmlObject.Of("cond", Conditions(depth)),
        8 => SwmlObject.Of("execute", new SwmlObject([new("dest", SwmlScalar.Of("section1")), new("on_return", new SwmlArray(Steps(depth + 1)))])),
        _ => SwmlObject.Of("connect", new SwmlObject([new("to", SwmlScalar.Of(Text())), new("result", random.Next(2) == 0 ? Switch(depth) : Conditions(depth))])),
    };

    private SwmlObject Switch(int depth) => new([
        new("variable", SwmlScalar.Of("join_conference_result")),
        new("case", new SwmlObject([.. Texts.Where(_ => random.Next(20) == 0).Select(text => new SwmlMember(text, new SwmlArray(Steps(depth + 1))))])),
        new("default", new SwmlArray(Steps(depth + 1))),
    ]);

    private SwmlArray Conditions(int depth) => new([
        new SwmlObject([new("when", SwmlScalar.Of("return_value == 'completed'")), new("then", new SwmlArray(Steps(depth + 1)))]),
        new SwmlObject([new("else", new SwmlArray(Steps(depth + 1)))]),
    ]);

    private SwmlObject Join(int depth)
    {
        List<SwmlMember> members = [];
        foreach (SwmlProperty property in JoinConferenceSchema.Properties
            .Where(property => property.Required || (random.Next(3) == 0 && (depth < 3 || property.Kind != SwmlPropertyKind.Branch))))
        {
            members.Insert(random.Next(members.Count + 1), new SwmlMember(property.Name, Value(property, depth)));
        }

        return new SwmlObject(members);
    }

    private SwmlNode Value(SwmlProperty property, int depth) => property.Kind switch
    {
        not (SwmlPropertyKind.Text or SwmlPropertyKind.Branch) when random.Next(6) == 0 => SwmlScalar.Of("%{vars.any}"),
        SwmlPropertyKind.Boolean => random.Next(3) == 0 ? SwmlScalar.Of("%{vars.flag}") : SwmlScalar.Of(random.Next(2) == 0),
        SwmlPropertyKind.WholeNumber => random.Next(3) == 0 ? SwmlScalar.Of("${vars.count}") : SwmlScalar.Of(random.Next(property.Min, property.Max + 1)),
        SwmlPropertyKind.Word => SwmlScalar.Of(random.Pick([.. property.Words!])),
        SwmlPropertyKind.Words => SwmlScalar.Of(string.Join(' ', property.Words!.Where((_, i) => i == 0 || random.Next(2) == 0))),
        SwmlPropertyKind.Url => SwmlScalar.Of(random.Next(3) == 0 ? "%{vars.url}" : $"{property.Words![0]}://example.com/{random.Next(10)}?x=%{{call.from}}"),
        SwmlPropertyKind.Nested => new SwmlObject([.. property.Properties!.Where(nested => nested.Required || random.Next(2) == 0)
            .Select(nested => new SwmlMember(nested.Name, Value(nested, depth)))]),
        SwmlPropertyKind.AnyObject => new SwmlObject([new("a b", SwmlScalar.Of(Text())), new("yes", Anything(depth))]),
        SwmlPropertyKind.Branch => random.Next(2) == 0 ? Switch(depth + 1) : Conditions(depth + 1),
        _ => SwmlScalar.Of(Text().Trim() is { Length: > 0 } text ? text : "x"),
    };

    private SwmlNode Anything(int depth) => random.Next(depth > 4 ? 4 : 6) switch
    {
        0 => new SwmlScalar(SwmlScalarKind.Null, "null"),
        1 => SwmlScalar.Of(random.Next(2) == 0),
        2 => new SwmlScalar(SwmlScalarKind.Number, random.NextDouble().ToString("R", CultureInfo.InvariantCulture)),
        3 => SwmlScalar.Of(Text()),
        4 => new SwmlArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Anything(depth + 1))]),
        _ => new SwmlObject([.. Texts.Where(_ => random.Next(12) == 0).Select(text => new SwmlMember(text, Anything(depth + 1)))]),
    };

    private string Text() => random.Pick(Texts);
}
