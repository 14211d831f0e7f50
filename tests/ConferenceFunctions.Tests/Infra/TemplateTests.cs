using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Tests.Infra;

public partial class TemplateTests
{
    private const string Accounts = "Microsoft.Storage/storageAccounts";

    // Held against Azure's list, not against roles.bicep.
    private const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string QueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string KeyVaultSecretsUser = "4633458b-17de-408a-b874-0445c86b69e6";

    [Fact]
    public void Storage_accounts_take_only_identities_over_TLS()
    {
        foreach (JsonNode properties in Template.CompiledOf(Accounts).Concat(Template.PredictedOf(Accounts)).Select(account => account["properties"]!))
        {
            Assert.False(properties["allowSharedKeyAccess"]!.GetValue<bool>());
            Assert.False(properties["allowBlobPublicAccess"]!.GetValue<bool>());
            Assert.True(properties["supportsHttpsTrafficOnly"]!.GetValue<bool>());
            Assert.Equal("TLS1_2", properties["minimumTlsVersion"]!.GetValue<string>());
        }

        Assert.Equal(2, Template.PredictedOf(Accounts).Count);
        Assert.All(
            Template.PredictedOf($"{Accounts}/blobServices/containers"), container => Assert.Equal("None", container["properties"]!["publicAccess"]!.GetValue<string>()));
    }

    [Fact]
    public void Data_has_the_queues_tables_and_containers_of_the_code_and_no_others()
    {
        Assert.Equal(StorageNames.Queues.Order(), NamesIn("stdata", "queueServices/queues"));
        Assert.Equal(StorageNames.Tables.Order(), NamesIn("stdata", "tableServices/tables"));
        Assert.Equal(StorageNames.Containers.Order(), NamesIn("stdata", "blobServices/containers"));
        Assert.Empty(NamesIn("sthost", "queueServices/queues"));
        Assert.Empty(NamesIn("sthost", "tableServices/tables"));
        Assert.Single(NamesIn("sthost", "blobServices/containers"));
    }

    [Fact]
    public void The_package_of_the_app_has_its_container()
    {
        JsonNode storage = FunctionAppConfig["deployment"]!["storage"]!;

        Assert.Equal("blobContainer", storage["type"]!.GetValue<string>());
        string container = Assert.Single(NamesIn("sthost", "blobServices/containers"));
        Assert.EndsWith($".outputs.blobEndpoint.value, '{container}')]", storage["value"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("UserAssignedIdentity", storage["authentication"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void The_identity_has_its_roles_where_it_needs_them_and_nowhere_else()
    {
        string[] assignments =
        [
            .. Assignments.Select(assignment => $"{Scope().Match(assignment["id"]!.GetValue<string>()).Groups["name"].Value} {assignment["properties"]!["roleDefinitionId"]!.GetValue<string>().Split('/')[^1]}")
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(
            [
                $"appi- {MonitoringMetricsPublisher}", $"kv- {KeyVaultSecretsUser}",
                $"stdata {TableDataContributor}", $"stdata {QueueDataContributor}", $"stdata {BlobDataOwner}",
                $"sthost {TableDataContributor}", $"sthost {BlobDataOwner}",
            ],
            assignments);
    }

    [Fact]
    public void A_role_that_another_identity_had_is_not_in_the_way()
    {
        Assert.All(Assignments, assignment => Assert.Contains(".outputs.principalId.value", assignment["name"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public void Triggers_poll_the_queues_of_the_data_since_the_host_looks_for_AzureWebJobsStorage_before_Storage()
    {
        Assert.Equal("Storage", StorageNames.Connection);
        foreach (IReadOnlyDictionary<string, string> settings in new[] { Template.AppSettings, Template.DefaultAppSettings })
        {
            Assert.Equal(settings["Storage__queueServiceUri"], settings["AzureWebJobsStorage__queueServiceUri"]);
            Assert.Equal(settings["Storage__credential"], settings["AzureWebJobsStorage__credential"]);
            Assert.Equal(settings["Storage__clientId"], settings["AzureWebJobsStorage__clientId"]);
            Assert.Contains("dataStorage", settings["Storage__queueServiceUri"], StringComparison.Ordinal);
            Assert.Contains("hostStorage", settings["AzureWebJobsStorage__blobServiceUri"], StringComparison.Ordinal);
            Assert.Contains("hostStorage", settings["AzureWebJobsStorage__tableServiceUri"], StringComparison.Ordinal);
            // A name would make all three services those of one account.
            Assert.DoesNotContain("AzureWebJobsStorage__accountName", settings.Keys);
        }
    }

    [Fact]
    public void What_is_not_given_is_not_set()
    {
        string[] optional =
        [
            "Auth__PreviousCallbackSecret", "Auth__SigningKeys", "PublicBaseUrl", "SignalWire__ApiToken", "SignalWire__ProjectId", "SignalWire__SpaceUrl",
            "Swml__HoldMusic",
        ];

        Assert.Equal(optional, Template.AppSettings.Keys.Except(Template.DefaultAppSettings.Keys).Order(StringComparer.Ordinal));
        Assert.Empty(Template.DefaultAppSettings.Keys.Except(Template.AppSettings.Keys));
        Assert.Equal("https://rooms.example.com", Template.AppSettings["PublicBaseUrl"]);
        Assert.Equal("https://example.signalwire.com", Template.AppSettings["SignalWire__SpaceUrl"]);
        Assert.Equal("https://example.com/hold.mp3", Template.AppSettings["Swml__HoldMusic"]);
        Assert.Equal(Template.DefaultAppSettings["Telemetry__SamplingRatio"], Template.DefaultAppSettings["OTEL_TRACES_SAMPLER_ARG"]);
    }

    [Fact]
    public void Telemetry_takes_only_identities_and_a_limited_amount_a_day()
    {
        JsonNode workspace = Template.PredictedOf("Microsoft.OperationalInsights/workspaces").Single()["properties"]!;
        JsonNode component = Template.PredictedOf("Microsoft.Insights/components").Single()["properties"]!;

        Assert.True(component["DisableLocalAuth"]!.GetValue<bool>());
        Assert.True(workspace["features"]!["disableLocalAuth"]!.GetValue<bool>());
        Assert.Equal(1, workspace["workspaceCapping"]!["dailyQuotaGb"]!.GetValue<decimal>());
        Assert.Contains("Authorization=AAD", Template.AppSettings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_app_speaks_only_https_and_nobody_has_a_password()
    {
        JsonNode app = Template.PredictedOf("Microsoft.Web/sites").Single();

        Assert.True(app["properties"]!["httpsOnly"]!.GetValue<bool>());
        Assert.Equal("1.2", app["properties"]!["siteConfig"]!["minTlsVersion"]!.GetValue<string>());
        // Flex Consumption has no FTP to turn off.
        Assert.Null(app["properties"]!["siteConfig"]!["ftpsState"]);
        Assert.Equal("UserAssigned", app["identity"]!["type"]!.GetValue<string>());
        Assert.Equal(
            [false, false],
            Template.PredictedOf("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Select(policy => policy["properties"]!["allow"]!.GetValue<bool>()));
    }

    [Fact]
    public void The_app_is_of_the_shape_of_Flex_Consumption()
    {
        JsonNode scale = FunctionAppConfig["scaleAndConcurrency"]!;

        Assert.Equal("FC1", Template.PredictedOf("Microsoft.Web/serverfarms").Single()["sku"]!["name"]!.GetValue<string>());
        Assert.Equal("""{"name":"dotnet-isolated","version":"10.0"}""", FunctionAppConfig["runtime"]!.ToJsonString());
        Assert.Equal(512, scale["instanceMemoryMB"]!.GetValue<int>());
        Assert.Equal("""[{"name":"http","instanceCount":1}]""", scale["alwaysReady"]!.ToJsonString());
        Assert.InRange(scale["maximumInstanceCount"]!.GetValue<int>(), 1, 1000);
        Assert.InRange(scale["triggers"]!["http"]!["perInstanceConcurrency"]!.GetValue<int>(), 1, 1000);
    }

    [Fact]
    public void No_setting_is_one_that_Flex_Consumption_takes_no_more()
    {
        string[] deprecated =
        [
            "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_MAX_HTTP_CONCURRENCY", "FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED",
            "FUNCTIONS_WORKER_PROCESS_COUNT", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "SCALE_CONTROLLER_LOGGING_ENABLED",
            "SCM_DO_BUILD_DURING_DEPLOYMENT", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTOVERVNET", "WEBSITE_CONTENTSHARE",
            "WEBSITE_DNS_SERVER", "WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT", "WEBSITE_NODE_DEFAULT_VERSION", "WEBSITE_RUN_FROM_PACKAGE",
            "WEBSITE_SKIP_CONTENTSHARE_VALIDATION", "WEBSITE_TIME_ZONE", "WEBSITE_VNET_ROUTE_ALL",
        ];

        Assert.Empty(Template.AppSettings.Keys.Intersect(deprecated));
        Assert.DoesNotContain("AzureWebJobsStorage", Template.AppSettings.Keys);
    }

    [Fact]
    public void Every_secret_is_a_reference_to_one_that_the_vault_has()
    {
        string[] secrets = ["Auth__CallbackSecret", "Auth__PreviousCallbackSecret", "Auth__SigningKeys", "SignalWire__ApiToken"];
        string[] references = [.. Template.AppSettings.Where(setting => setting.Value.Contains("@Microsoft.KeyVault(", StringComparison.Ordinal)).Select(setting => setting.Key)];
        string[] stored = [.. Template.PredictedOf("Microsoft.KeyVault/vaults/secrets").Select(secret => secret["name"]!.GetValue<string>().Split('/')[^1])];

        Assert.Equal(secrets, references.Order());
        // The secret before the last rotation is put there by whoever rotates.
        Assert.Equal(["api-token", "callback-secret", "signing-keys"], stored.Order());
        Assert.All(
            references.Except(["Auth__PreviousCallbackSecret"]),
            key => Assert.Contains(stored, secret => Template.AppSettings[key].EndsWith($"SecretName={secret})", StringComparison.Ordinal)));
        Assert.NotNull(Template.PredictedOf("Microsoft.Web/sites").Single()["properties"]!["keyVaultReferenceIdentity"]);
    }

    [Fact]
    public void Deploying_again_leaves_the_callback_secret_alone()
    {
        JsonObject[] secrets = [.. Template.CompiledOf("Microsoft.KeyVault/vaults/secrets")];

        JsonObject callbackSecret = Assert.Single(secrets, secret => secret["name"]!.GetValue<string>().Contains("'callback-secret'", StringComparison.Ordinal));
        Assert.NotNull(callbackSecret["@options"]!["onlyIfNotExists"]);
        Assert.DoesNotContain(secrets, secret => secret != callbackSecret && secret["condition"] is null);
    }

    [Fact]
    public void Secrets_come_in_as_secure_parameters_and_never_go_out()
    {
        JsonObject parameters = Template.Compiled["parameters"]!.AsObject();

        Assert.Equal(
            ["apiToken", "callbackSecret", "signingKeys"],
            parameters.Where(parameter => parameter.Value!["type"]!.GetValue<string>() == "securestring").Select(parameter => parameter.Key).Order());
        Assert.All(
            Template.Compiled["outputs"]!.AsObject().Select(output => output.Value!.ToJsonString()),
            output => Assert.DoesNotMatch("(?i)parameters\\('(apiToken|callbackSecret|signingKeys)|listKeys|connectionString", output));
    }

    [Fact]
    public void Blobs_are_moved_to_cheaper_tiers_and_never_deleted()
    {
        JsonNode rule = Assert.Single(Template.PredictedOf($"{Accounts}/managementPolicies").Single()["properties"]!["policy"]!["rules"]!.AsArray())!;

        Assert.Equal([StorageNames.RecordingContainer + "/"], rule["definition"]!["filters"]!["prefixMatch"].Deserialize<string[]>()!);
        Assert.Equal(["tierToCold", "tierToCool"], rule["definition"]!["actions"]!["baseBlob"]!.AsObject().Select(action => action.Key).Order());
    }

    private static JsonNode FunctionAppConfig => Template.PredictedOf("Microsoft.Web/sites").Single()["properties"]!["functionAppConfig"]!;

    private static IReadOnlyList<JsonObject> Assignments => Template.PredictedOf("Microsoft.Authorization/roleAssignments");

    private static IEnumerable<string> NamesIn(string account, string type) => Template.PredictedOf($"{Accounts}/{type}")
        .Select(resource => resource["name"]!.GetValue<string>())
        .Where(name => name.StartsWith(account, StringComparison.Ordinal))
        .Select(name => name.Split('/')[^1])
        .Order();

    // The name of the resource without the part that is unique.
    [GeneratedRegex(@"/(?<name>[a-z]+-?)2iqc\w+'")]
    private static partial Regex Scope();
}
