using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Infra;

/// <summary>Options classes, the README's table, local.settings.sample.json and Bicep tell of the same settings.</summary>
public partial class SettingsTests
{
    private const string Begin = "<!-- settings -->";
    private const string End = "<!-- /settings -->";

    // Read by a host or an exporter, not by an options class.
    private static readonly string[] OfTheHosts =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AzureWebJobsStorage", "AzureWebJobsStorage__blobServiceUri",
        "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri", "FUNCTIONS_WORKER_RUNTIME", "LocalHost__ApiKey", "LocalHost__Lease",
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "Storage", "Storage__blobServiceUri", "Storage__clientId",
        "Storage__credential", "Storage__queueServiceUri", "Storage__tableServiceUri",
    ];

    // LocalHost makes it of the address on which it listens; an empty one in the sample would undo that.
    private const string MadeByLocalHost = "PublicBaseUrl";

    private static readonly Dictionary<string, string> OtherThanDefault = new()
    {
        ["Auth__CallbackSecret"] = AuthOptions.SampleSecret,
        ["Recordings__AllowLoopback"] = "true",
        ["Telemetry__SamplingRatio"] = "1",
    };

    [Fact]
    public void The_table_in_the_README_has_every_setting_with_its_default()
    {
        IReadOnlyDictionary<string, string> rows = Rows();

        Assert.True(Setting.All.Count > 15, "The options classes were not found.");
        AssertSame(Setting.All.Select(setting => setting.Key), rows.Keys.Except(OfTheHosts), "the options classes", $"README.md between {Begin} and {End}");
        Assert.All(Setting.All, setting => Assert.Equal($"{setting.Key}: {setting.Default}", $"{setting.Key}: {rows[setting.Key]}"));
        AssertSame(OfTheHosts.Where(key => !key.Contains("AzureWebJobsStorage__", StringComparison.Ordinal)), rows.Keys.Intersect(OfTheHosts), "the hosts", "README.md");
    }

    [Fact]
    public void The_sample_has_every_setting_with_its_default()
    {
        Dictionary<string, string> sample = Sample();

        AssertSame(
            Setting.All.Select(setting => setting.Key).Except([MadeByLocalHost]), sample.Keys.Except(OfTheHosts), "the options classes", "local.settings.sample.json");
        Assert.All(
            Setting.All.Where(setting => setting.Key != MadeByLocalHost),
            setting => Assert.Equal($"{setting.Key}: {OtherThanDefault.GetValueOrDefault(setting.Key, setting.Default)}", $"{setting.Key}: {sample[setting.Key]}"));
    }

    [Fact]
    public void Bicep_makes_only_settings_that_somebody_reads()
    {
        Assert.Empty(Template.AppSettings.Keys.Except(OfTheHosts).Except(Setting.All.Select(setting => setting.Key)));
        Assert.All(
            ["Storage__blobServiceUri", "Storage__queueServiceUri", "Storage__tableServiceUri", "Storage__credential", "Storage__clientId", "Auth__CallbackSecret"],
            key => Assert.Contains(key, Template.AppSettings.Keys));
    }

    [Fact]
    public void Every_setting_that_is_a_number_a_time_or_a_word_says_what_it_takes()
    {
        Assert.All(Setting.All, setting =>
        {
            Type type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
            bool isLimited = setting.Property.IsDefined(typeof(RangeAttribute), inherit: false) || setting.Property.IsDefined(typeof(EnumDataTypeAttribute), inherit: false);
            Assert.True(isLimited || type == typeof(bool) || type == typeof(string) || type == typeof(Uri), $"{setting.Key} takes anything.");
        });
    }

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual, string whose, string where)
    {
        string[] missing = [.. expected.Except(actual)];
        string[] unknown = [.. actual.Except(expected)];
        Assert.True(missing.Length == 0, $"{where} lacks settings of {whose}: {string.Join(", ", missing)}.");
        Assert.True(unknown.Length == 0, $"{where} has settings that {whose} don't: {string.Join(", ", unknown)}.");
    }

    private static Dictionary<string, string> Rows()
    {
        string readme = Repository.Read("README.md");
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        Assert.True(begin >= 0, $"README.md has no {Begin}.");
        return Row().Matches(readme[begin..readme.IndexOf(End, StringComparison.Ordinal)])
            .ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value);
    }

    private static Dictionary<string, string> Sample()
    {
        using JsonDocument sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        return sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);
    }

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \| (`(?<default>[^`]*)`)? *\| \S.* \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
