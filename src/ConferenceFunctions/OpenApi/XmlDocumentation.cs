using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConferenceFunctions.OpenApi;

/// <summary>The documentation of the models, as the compiler puts it beside their assembly.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    /// <summary>Reads the documentation of an assembly.</summary>
    public XmlDocumentation(Assembly assembly) => _members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>What a type is; null where nothing says so.</summary>
    public string? Summary(Type type) => Text(Member(type)?.Element("summary"));

    /// <summary>What a property is; null where nothing says so.</summary>
    public string? Summary(JsonPropertyInfo property)
    {
        if (property.AttributeProvider is not MemberInfo { DeclaringType: { } type } member)
        {
            return null;
        }

        // A positional record's properties are documented as its parameters.
        return Text(_members.GetValueOrDefault($"P:{IdOf(type)}.{member.Name}")?.Element("summary"))
            ?? Text(Member(type)?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == member.Name));
    }

    private XElement? Member(Type type) => _members.GetValueOrDefault($"T:{IdOf(type)}");

    private static string IdOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element) => element is null ? null : Blanks().Replace(string.Concat(element.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.', ':')[^1]}`",
        XElement code => $"`{code.Value}`",
        _ => node.ToString(),
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
