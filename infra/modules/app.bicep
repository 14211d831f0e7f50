// The function app on its Flex Consumption plan.

param name string
param planName string
param location string
param tags object

@description('Resource id of the identity of the app.')
param identityId string

@description('Client id of the identity of the app.')
param identityClientId string

@description('Blob service of the host: keys, locks of timers, the package.')
param hostBlobEndpoint string

@description('Table service of the host: what it says of itself when it fails.')
param hostTableEndpoint string

@description('Container with the package of the app, as a URL.')
param packageContainerUrl string

@description('Blob service of the data.')
param blobEndpoint string

@description('Queue service of the data.')
param queueEndpoint string

@description('Table service of the data.')
param tableEndpoint string

@description('Connection string of Application Insights; a name, no key.')
param telemetryConnectionString string

@description('Key vault of the secrets.')
param vaultName string

@description('Names of secrets, by application setting.')
param vaultReferences object

@description('Further application settings, by name.')
param settings object

@description('Instances that are kept warm for HTTP.')
param alwaysReadyInstances int

param maximumInstanceCount int
param httpConcurrency int

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 512
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyInstances
              }
            ]
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: {
      ...settings
      ...toObject(
        items(vaultReferences),
        setting => setting.key,
        setting => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${setting.value})'
      )
      AzureWebJobsStorage__blobServiceUri: hostBlobEndpoint
      AzureWebJobsStorage__tableServiceUri: hostTableEndpoint
      // The data's queues, not the host's, which has none: of the triggers' connection `Storage` the host looks for
      // AzureWebJobsStorage first and for Storage only where there is none.
      AzureWebJobsStorage__queueServiceUri: queueEndpoint
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      Storage__blobServiceUri: blobEndpoint
      Storage__queueServiceUri: queueEndpoint
      Storage__tableServiceUri: tableEndpoint
      Storage__credential: 'managedidentity'
      Storage__clientId: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
    }
  }

  // Deployments sign in; nobody has a password.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
