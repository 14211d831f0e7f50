using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Simulator.Swml;

/// <summary>Turns values of documents into values of variables, and back.</summary>
internal static class SwmlJsonNodes
{
    /// <summary>The value of a variable that a node of a document stands for.</summary>
    public static JsonNode? ToJson(SwmlNode node) => node switch
    {
        SwmlObject map => new JsonObject(map.Members.Select(member => KeyValuePair.Create(member.Name, ToJson(member.Value)))),
        SwmlArray array => new JsonArray([.. array.Items.Select(ToJson)]),
        SwmlScalar { Kind: SwmlScalarKind.Null } => null,
        SwmlScalar { Kind: SwmlScalarKind.Boolean } flag => flag.Text == "true",
        SwmlScalar { Kind: SwmlScalarKind.Number } number => double.Parse(number.Text, CultureInfo.InvariantCulture),
        SwmlScalar text => text.Text,
        _ => null,
    };

    /// <summary>The node of a document that the value of a variable makes.</summary>
    public static SwmlNode ToSwml(JsonNode? value) => value switch
    {
        null => new SwmlScalar(SwmlScalarKind.Null, "null"),
        JsonObject map => new SwmlObject([.. map.Select(member => new SwmlMember(member.Key, ToSwml(member.Value)))]),
        JsonArray array => new SwmlArray([.. array.Select(ToSwml)]),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => SwmlScalar.Of(value.GetValue<bool>()),
            JsonValueKind.Number => new SwmlScalar(SwmlScalarKind.Number, value.ToJsonString()),
            _ => SwmlScalar.Of(value.GetValue<string>()),
        },
    };

    /// <summary>A value as the text that it becomes inside another one.</summary>
    public static string ToText(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
