// The function app on its Flex Consumption plan.

param name string
param planName string
param location string
param tags object

@description('Resource id of the identity of the app.')
param identityId string

@description('Client id of the identity of the app.')
param identityClientId string

@description('Name of the storage account of the host: keys, locks of timers, the package.')
param hostStorageName string

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
      ftpsState: 'Disabled'
      http20Enabled: true
      appSettings: concat(
        [
          { name: 'AzureWebJobsStorage__accountName', value: hostStorageName }
          { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
          { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
          { name: 'Storage__blobServiceUri', value: blobEndpoint }
          { name: 'Storage__queueServiceUri', value: queueEndpoint }
          { name: 'Storage__tableServiceUri', value: tableEndpoint }
          { name: 'Storage__credential', value: 'managedidentity' }
          { name: 'Storage__clientId', value: identityClientId }
          { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: telemetryConnectionString }
          {
            name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
            value: 'Authorization=AAD;ClientId=${identityClientId}'
          }
        ],
        map(items(vaultReferences), setting => {
          name: setting.key
          value: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${setting.value})'
        }),
        map(items(settings), setting => { name: setting.key, value: setting.value })
      )
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

output id string = app.id
output name string = app.name
output hostName string = app.properties.defaultHostName
