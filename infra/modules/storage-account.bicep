// A storage account that only identities can use, with what is in it and the roles of the one that uses it.

@minLength(3)
@maxLength(24)
param name string
param location string
param tags object

@description('Redundancy.')
param sku string

@description('Who uses it: object id of the identity.')
param principalId string

@description('Ids of the roles that the identity has here.')
param roles string[]

param containers string[]
param queues string[] = []
param tables string[] = []

@description('Moves blobs of one container to cheaper tiers that answer at once. Nothing is ever deleted here: that is for the retention sweep of the app, which takes rows and blobs together.')
param tiering { container: string, coolAfterDays: int, coldAfterDays: int }?

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // SignalWire's callbacks and the host come from anywhere in Azure; who may do what is a matter of roles.
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Allow'
    }
  }

  // No CORS: the dashboard plays recordings in an audio element, which needs none.
  resource blobs 'blobServices' = {
    name: 'default'

    resource container 'containers' = [
      for container in containers: {
        name: container
        properties: {
          publicAccess: 'None'
        }
      }
    ]
  }

  resource queueService 'queueServices' = if (!empty(queues)) {
    name: 'default'

    resource queue 'queues' = [
      for queue in queues: {
        name: queue
      }
    ]
  }

  resource tableService 'tableServices' = if (!empty(tables)) {
    name: 'default'

    resource table 'tables' = [
      for table in tables: {
        name: table
      }
    ]
  }

  resource policy 'managementPolicies' = if (tiering != null) {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'cheaper-tiers'
            type: 'Lifecycle'
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: ['${tiering!.container}/']
              }
              actions: {
                baseBlob: {
                  tierToCool: {
                    daysAfterModificationGreaterThan: tiering!.coolAfterDays
                  }
                  tierToCold: {
                    daysAfterModificationGreaterThan: tiering!.coldAfterDays
                  }
                }
              }
            }
          }
        ]
      }
    }
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(account.id, principalId, role)
    scope: account
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
