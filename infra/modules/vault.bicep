// The secrets, and who may read them.

import { keyVaultSecretsUser } from 'roles.bicep'

@minLength(3)
@maxLength(24)
param name string
param location string
param tags object

@description('Who reads the secrets: object id of the identity.')
param principalId string

@secure()
@minLength(32)
param callbackSecret string

@secure()
param signingKeys string

@secure()
param apiToken string

// Without purge protection: what is in here can be made again within minutes, and after a removal the name is free again.
resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
  }
}

// Every URL that was ever pasted into SignalWire depends on this one: it is written by the first deployment and by no later one.
@onlyIfNotExists()
resource callbackSecretEntry 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'callback-secret'
  properties: {
    value: callbackSecret
  }
}

resource signingKeysEntry 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(signingKeys)) {
  parent: vault
  name: 'signing-keys'
  properties: {
    value: signingKeys
  }
}

resource apiTokenEntry 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(apiToken)) {
  parent: vault
  name: 'api-token'
  properties: {
    value: apiToken
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}
