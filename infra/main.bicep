// ConferenceFunctions on Azure: one function app, its storage, its secrets, its telemetry.

targetScope = 'subscription'

import { blobDataOwner, queueDataContributor, tableDataContributor } from 'modules/roles.bicep'

@description('Name of this deployment. It is part of the names of the resource group and of everything in it.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Azure region, one with Flex Consumption (az functionapp list-flexconsumption-locations).')
param location string

@description('Secret of the tokens in every URL that is pasted into SignalWire, at least 32 characters. The first deployment writes it into the vault, made up here unless it is given; later ones leave it alone, given or not.')
@secure()
@minLength(32)
param callbackSecret string = '${newGuid()}${newGuid()}'

@description('Signing keys of the SignalWire project, separated by commas. Empty: signatures are not looked at.')
@secure()
param signingKeys string = ''

@description('Whether signatures are looked at. By default if their keys are given here; true for a later deployment that is not given them again, since the vault has them.')
param verifySignatures bool?

@description('URL of the SignalWire space, such as https://example.signalwire.com. Needed, with the two below, for protected recordings and for reconciliation.')
param spaceUrl string = ''

@description('Id of the SignalWire project.')
param projectId string = ''

@description('API token of the SignalWire project.')
@secure()
param apiToken string = ''

@description('Whether the app uses the API of SignalWire. By default if its token is given here; true for a later deployment that is not given it again, since the vault has it.')
param useSignalWireApi bool?

@description('Address at which SignalWire reaches the app, without a slash at its end. Empty: the host name that Azure gives.')
param publicBaseUrl string = ''

@description('Further application settings, by name: those of the README\'s table that are not made here, such as Swml__HoldMusic.')
param settings object = {}

@description('True while a callback secret is being replaced: tokens of the one before (secret callback-secret-previous of the vault) are still accepted.')
param acceptPreviousCallbackSecret bool = false

@description('Who gets mail when somebody has to look. Empty: no alerts.')
param alertEmail string = ''

@description('Instances that are kept warm for HTTP, so that no caller waits for a start.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 1

@description('Most instances at a time.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Requests that an instance takes at a time before there is another one.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 100

@description('Share of traces that are kept, from 0 to 1. Metrics are always complete.')
param traceSamplingRatio string = '0.1'

@description('Most GB of telemetry a day, as a decimal; -1 for no cap.')
param dailyCapGb string = '1'

@description('Days for which telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryRetentionDays int = 30

@description('Redundancy of the data.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param dataRedundancy string = 'Standard_LRS'

@description('Days after which a recording goes to the cool tier, which costs less to keep and more to read.')
@minValue(1)
param recordingsCoolAfterDays int = 30

@description('Days after which a recording goes to the cold tier.')
@minValue(1)
param recordingsColdAfterDays int = 120

@description('Age of the oldest waiting callback, in seconds, from which on there is mail.')
@minValue(1)
param alertOldestCallbackSeconds int = 300

@description('Answers with 5xx within five minutes, as estimated from the traces that are kept, beyond which there is mail.')
@minValue(0)
param alertServerErrors int = 10

// Held by a test to what the code calls them.
var queues = ['callbacks', 'recordings', 'callbacks-poison', 'recordings-poison']
var tables = ['conferences', 'conferenceindex', 'calls', 'deadletters', 'state']
var containers = ['documents', 'recordings', 'deadletters']
var packageContainer = 'packages'

var token = uniqueString(subscription().id, environmentName, location)
var vaultName = 'kv-${token}'
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module hostStorage 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: 'sthost${token}'
    location: location
    tags: tags
    sku: 'Standard_LRS'
    #disable-next-line what-if-short-circuiting // part of the name of a role assignment: that of an identity that is gone can't be given to another one
    principalId: identity.outputs.principalId
    roles: [blobDataOwner, tableDataContributor]
    containers: [packageContainer]
  }
}

module dataStorage 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: 'stdata${token}'
    location: location
    tags: tags
    sku: dataRedundancy
    #disable-next-line what-if-short-circuiting // part of the name of a role assignment: that of an identity that is gone can't be given to another one
    principalId: identity.outputs.principalId
    roles: [blobDataOwner, queueDataContributor, tableDataContributor]
    containers: containers
    queues: queues
    tables: tables
    tiering: {
      container: 'recordings'
      coolAfterDays: recordingsCoolAfterDays
      coldAfterDays: recordingsColdAfterDays
    }
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: vaultName
    location: location
    tags: tags
    #disable-next-line what-if-short-circuiting // part of the name of a role assignment: that of an identity that is gone can't be given to another one
    principalId: identity.outputs.principalId
    callbackSecret: callbackSecret
    signingKeys: signingKeys
    apiToken: apiToken
  }
}

module telemetry 'modules/telemetry.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    componentName: 'appi-${token}'
    location: location
    tags: tags
    #disable-next-line what-if-short-circuiting // part of the name of a role assignment: that of an identity that is gone can't be given to another one
    principalId: identity.outputs.principalId
    dailyCapGb: dailyCapGb
    retentionDays: telemetryRetentionDays
  }
}

var looksAtSignatures = verifySignatures ?? !empty(signingKeys)
var usesSignalWireApi = useSignalWireApi ?? !empty(apiToken)

// With a part of it the app would not start.
var signalWireApi = usesSignalWireApi && !empty(spaceUrl) && !empty(projectId)
  ? { SignalWire__SpaceUrl: spaceUrl, SignalWire__ProjectId: projectId }
  : !usesSignalWireApi && empty(spaceUrl) && empty(projectId)
      ? {}
      : fail('spaceUrl, projectId and apiToken go together: give all three or none. Where the vault has the token, useSignalWireApi = true stands for it.')

// Application settings that are known before anything is deployed. Those beyond come from the modules, in modules/app.bicep.
var knownSettings = {
  ...settings
  // The host, where traces begin, and the app.
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
  OTEL_TRACES_SAMPLER_ARG: traceSamplingRatio
  Telemetry__SamplingRatio: traceSamplingRatio
  ...(empty(publicBaseUrl) ? {} : { PublicBaseUrl: publicBaseUrl })
  ...signalWireApi
}

// Settings whose values are in the vault, and the secrets' names there. An optional secret that is not there makes no reference:
// one that leads nowhere would keep the app from starting.
var vaultReferences = {
  Auth__CallbackSecret: 'callback-secret'
  ...(acceptPreviousCallbackSecret ? { Auth__PreviousCallbackSecret: 'callback-secret-previous' } : {})
  ...(looksAtSignatures ? { Auth__SigningKeys: 'signing-keys' } : {})
  ...(usesSignalWireApi ? { SignalWire__ApiToken: 'api-token' } : {})
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostBlobEndpoint: hostStorage.outputs.blobEndpoint
    hostTableEndpoint: hostStorage.outputs.tableEndpoint
    packageContainerUrl: '${hostStorage.outputs.blobEndpoint}${packageContainer}'
    blobEndpoint: dataStorage.outputs.blobEndpoint
    queueEndpoint: dataStorage.outputs.queueEndpoint
    tableEndpoint: dataStorage.outputs.tableEndpoint
    telemetryConnectionString: telemetry.outputs.connectionString
    vaultName: vaultName
    vaultReferences: vaultReferences
    settings: knownSettings
    alwaysReadyInstances: alwaysReadyInstances
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: httpConcurrency
  }
  // References are looked up as soon as the app is there.
  dependsOn: [vault]
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  scope: group
  params: {
    namePrefix: 'alert-${token}'
    location: location
    tags: tags
    email: alertEmail
    componentId: telemetry.outputs.componentId
    workspaceId: telemetry.outputs.workspaceId
    oldestCallbackSeconds: alertOldestCallbackSeconds
    serverErrors: alertServerErrors
  }
}

var publicUrl = empty(publicBaseUrl) ? 'https://${app.outputs.hostName}' : publicBaseUrl

output resourceGroupName string = group.name
output functionAppName string = app.outputs.name
output keyVaultName string = vaultName
output applicationInsightsName string = telemetry.outputs.componentName
output baseUrl string = publicUrl
output dashboardUrl string = '${publicUrl}/api/dashboard'
output next string = 'Deploy the app, get its key (az functionapp keys list -g ${group.name} -n ${app.outputs.name} --query functionKeys.default -o tsv), ask for a document (curl -H "x-functions-key: KEY" ${publicUrl}/api/documents/team), and paste its swml_url into the phone number at SignalWire.'

// azd keeps outputs in its environment, where main.bicepparam finds them: a deployment without the secrets changes nothing then.
output VERIFY_SIGNATURES bool = looksAtSignatures
output USE_SIGNALWIRE_API bool = usesSignalWireApi
