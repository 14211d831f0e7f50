using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ConferenceFunctions.Core;

namespace ConferenceFunctions.OpenApi;

/// <summary>Schemas of the API's models, made of what writes them, and of their documentation.</summary>
internal sealed class OpenApiSchemas(XmlDocumentation documentation)
{
    private const string Prefix = "#/components/schemas/";

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);

    /// <summary>A reference to the schema of a type, which is made on first use.</summary>
    public JsonObject Reference(Type type)
    {
        string name = NameOf(type);
        if (_schemas.TryAdd(name, new JsonObject()))
        {
            _schemas[name] = Schema(type);
        }

        return new JsonObject { ["$ref"] = Prefix + name };
    }

    /// <summary>All schemas so far, by name.</summary>
    public JsonObject ToJson() => new(_schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value)));

    private JsonNode Schema(Type type)
    {
        JsonNode schema = ApiJson.Default.Options.GetJsonSchemaAsNode(
            type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });
        if (documentation.Summary(type) is { } summary)
        {
            schema.AsObject().Insert(0, "description", summary);
        }

        return schema;
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        bool isPart = !context.Path.IsEmpty;
        JsonObject schema =
            type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" }
            : isPart && context.TypeInfo.Kind == JsonTypeInfoKind.Object ? Reference(type)
            : node as JsonObject ?? [];
        ShowNull(schema, context.PropertyInfo is { } shown && IsWrittenAsNull(shown));
        RequireWhatIsAlwaysWritten(schema, context.TypeInfo);
        if (context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false) is [AllowedValuesAttribute words])
        {
            schema["enum"] = new JsonArray([.. words.Values.Select(word => (JsonNode?)word?.ToString())]);
        }

        if (context.PropertyInfo is { } property && documentation.Summary(property) is { } summary)
        {
            schema["description"] = summary;
        }

        return schema;
    }

    /// <summary>What is null is left out, so null is no value; but where it says something it is written.</summary>
    private static void ShowNull(JsonObject schema, bool canBeNull)
    {
        if (schema["enum"] is JsonArray values)
        {
            schema["enum"] = new JsonArray([.. values.Where(value => value is not null).Select(value => value!.DeepClone())]);
            schema["type"] = "string";
        }

        if (schema["type"] is JsonArray types)
        {
            schema["type"] = types.First(one => one!.GetValue<string>() != "null")!.DeepClone();
        }

        if (canBeNull && schema["type"] is JsonValue only)
        {
            schema["type"] = new JsonArray(only.DeepClone(), "null");
        }
    }

    private static bool IsWrittenAsNull(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
            is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }];

    private static void RequireWhatIsAlwaysWritten(JsonObject schema, JsonTypeInfo type)
    {
        if (schema["required"] is JsonArray)
        {
            schema["required"] = new JsonArray([.. type.Properties
                .Where(property => !property.IsGetNullable || IsWrittenAsNull(property)).Select(property => (JsonNode)property.Name)]);
        }
    }

    // Page<Conference> is a ConferencePage.
    private static string NameOf(Type type) =>
        type.IsGenericType ? string.Concat(type.GetGenericArguments().Select(NameOf)) + type.Name.Split('`')[0] : type.Name;
}
