using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Tests.Swml;

public class SwmlPropertyTests
{
    private static readonly string[] Additions =
        ["status_callback", "status_callback_event", "recording_status_callback", "recording_status_callback_event", "wait_url"];

    private static SwmlInstrumentation Instrumentation()
    {
        var auth = new AuthOptions { CallbackSecret = "a-secret-of-more-than-thirty-two-characters" };
        return new SwmlInstrumentation(new PublicUrls(
            Options.Create(new PublicUrlOptions { PublicBaseUrl = "https://rooms.example.com" }), new CapabilityTokens(Options.Create(auth))));
    }

    [Fact]
    public void A_valid_document_survives_parse_instrument_write_and_parse_with_only_the_additions()
    {
        SwmlInstrumentation instrumentation = Instrumentation();
        Seeded.Run(Seeded.Iterations(2_000, 20_000), random =>
        {
            SwmlObject original = new RandomSwml(random).Document();
            Assert.Empty(SwmlValidator.Validate(original).Faults);
            byte[] text = random.Next(2) == 0 ? SwmlText.WriteJson(original) : SwmlText.WriteYaml(original);

            SwmlObject instrumented = instrumentation.Instrument(SwmlText.Read(text), "room", holdMusic: random.Next(2) == 0);
            SwmlObject fromJson = SwmlText.Read(SwmlText.WriteJson(instrumented));
            SwmlObject fromYaml = SwmlText.Read(SwmlText.WriteYaml(instrumented));

            Assert.Empty(SwmlValidator.Validate(fromJson).Faults);
            Assert.Equal(Json(fromJson), Json(fromYaml));
            JsonNode stripped = JsonNode.Parse(Json(fromJson))!;
            Strip(stripped, JsonNode.Parse(Json(original))!);
            Assert.Equal(Json(original), Encoding.UTF8.GetString(SwmlText.WriteJson(SwmlText.Read(Encoding.UTF8.GetBytes(stripped.ToJsonString())))));
        });
    }

    [Fact]
    public void Every_join_of_an_instrumented_document_has_callbacks()
    {
        SwmlInstrumentation instrumentation = Instrumentation();
        Seeded.Run(Seeded.Iterations(500, 5_000), random =>
        {
            SwmlObject instrumented = instrumentation.Instrument(new RandomSwml(random).Document(), "room", holdMusic: true);

            Assert.All(SwmlSteps.JoinsOf(instrumented), join =>
            {
                var typed = JoinConference.From(join.Body);
                Assert.NotNull(typed.StatusCallback);
                Assert.NotNull(typed.RecordingStatusCallback);
                Assert.NotNull(typed.WaitUrl);
            });
        });
    }

    [Fact]
    public void The_typed_model_reads_and_writes_every_property_without_loss() =>
        Seeded.Run(Seeded.Iterations(2_000, 20_000), random =>
        {
            foreach ((string _, SwmlObject body) in SwmlSteps.JoinsOf(new RandomSwml(random).Document()))
            {
                var once = JoinConference.From(body);
                SwmlObject written = once.ToNode();
                var twice = JoinConference.From(SwmlText.Read(SwmlText.WriteJson(written)));

                Assert.Empty(SwmlValidator.Validate(written, "join_conference"));
                Assert.Equal(Json(written), Json(twice.ToNode()));
                // What is left out is what says no more than the default.
                Assert.All(body.Members.Where(member => written[member.Name] is null), member =>
                    Assert.Equal(JoinConferenceSchema.Find(member.Name)!.Default, Assert.IsType<SwmlScalar>(member.Value).Text));
            }
        });

    [Fact]
    public void Mutated_documents_give_no_exception_but_the_parsers_own() =>
        Seeded.Run(Seeded.Iterations(10_000, 100_000), random =>
        {
            SwmlObject original = new RandomSwml(random).Document();
            byte[] mutated = Mutate(random, random.Next(2) == 0 ? SwmlText.WriteJson(original) : SwmlText.WriteYaml(original));
            try
            {
                SwmlObject document = SwmlText.Read(mutated);
                if (SwmlValidator.Validate(document).Faults.Count == 0)
                {
                    Assert.Equal(Json(document), Json(SwmlText.Read(SwmlText.WriteYaml(document))));
                }
            }
            catch (SwmlFormatException exception)
            {
                Assert.NotEmpty(exception.Faults);
            }
        });

    [Fact]
    public void Aliases_never_stand_for_more_than_a_document_may_have() =>
        Seeded.Run(Seeded.Iterations(1_000, 20_000), random =>
        {
            string[] lines = [.. Enumerable.Range(0, random.Next(1, 40)).Select(i => $"a{i}: &a{i} [{Aliasing(random, i, 0)}]")];
            try
            {
                (int nodes, int characters, int depth) = Measure(SwmlText.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

                Assert.InRange(nodes, 1, SwmlText.MaxNodes);
                Assert.InRange(characters, 1, SwmlText.MaxBytes);
                Assert.InRange(depth, 1, SwmlText.MaxDepth);
            }
            catch (SwmlFormatException exception)
            {
                Assert.Contains("more than", Assert.Single(exception.Faults).Message, StringComparison.Ordinal);
            }
        });

    /// <summary>A value of lists, texts, and aliases of the values before.</summary>
    private static string Aliasing(Random random, int before, int depth) => random.Next(depth > 5 ? 2 : 4) switch
    {
        0 => new string('x', random.Next(1, 300)),
        1 => before == 0 ? "x" : $"*a{random.Next(before)}",
        2 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => Aliasing(random, before, depth + 1)))}]",
        _ => $"[{Aliasing(random, before, depth + 1)}]",
    };

    private static (int Nodes, int Characters, int Depth) Measure(SwmlNode node)
    {
        (int Nodes, int Characters, int Depth)[] below = node switch
        {
            SwmlObject map => [.. map.Members.Select(member => Measure(member.Value)), (0, map.Members.Sum(member => member.Name.Length), 0)],
            SwmlArray array => [.. array.Items.Select(Measure), (0, 0, 0)],
            _ => [],
        };
        int characters = node is SwmlScalar scalar ? scalar.Text.Length : 0;
        return (1 + below.Sum(part => part.Nodes), characters + below.Sum(part => part.Characters), below.Length == 0 ? 0 : 1 + below.Max(part => part.Depth));
    }

    private static string Json(SwmlObject document) => Encoding.UTF8.GetString(SwmlText.WriteJson(document));

    /// <summary>Takes the additions out of every join that did not have them, and writes its short form where it had that.</summary>
    private static void Strip(JsonNode? instrumented, JsonNode? original)
    {
        switch (instrumented, original)
        {
            case (JsonObject map, JsonObject originalMap):
                foreach (string name in Additions.Where(name => map.ContainsKey("name") && map.ContainsKey(name) && !originalMap.ContainsKey(name)))
                {
                    map.Remove(name);
                }

                foreach ((string name, JsonNode? value) in map.ToArray())
                {
                    if (name == "join_conference" && originalMap[name] is JsonValue shortForm)
                    {
                        Assert.Equal(shortForm.GetValue<string>(), value!["name"]!.GetValue<string>());
                        map[name] = shortForm.DeepClone();
                    }
                    else
                    {
                        Strip(value, originalMap[name]);
                    }
                }

                break;
            case (JsonArray array, JsonArray originalArray):
                for (int i = 0; i < array.Count; i++)
                {
                    Strip(array[i], originalArray[i]);
                }

                break;
        }
    }

    private static byte[] Mutate(Random random, byte[] text)
    {
        List<byte> bytes = [.. text];
        byte[][] tokens =
        [
            "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), "\""u8.ToArray(), "'"u8.ToArray(), ": "u8.ToArray(), "- "u8.ToArray(), "\n"u8.ToArray(), "\t"u8.ToArray(),
            "&a "u8.ToArray(), "*a "u8.ToArray(), "!!x "u8.ToArray(), "? "u8.ToArray(), "|\n"u8.ToArray(), ">-\n"u8.ToArray(), "---\n"u8.ToArray(), "...\n"u8.ToArray(), "%YAML 1.2\n"u8.ToArray(), "#"u8.ToArray(),
            "\\u0000"u8.ToArray(), "\\uD800"u8.ToArray(), [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], "join_conference"u8.ToArray(), "null"u8.ToArray(), "1e999"u8.ToArray(), "<<: *a\n"u8.ToArray(),
        ];
        for (int i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, tokens[random.Next(tokens.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
