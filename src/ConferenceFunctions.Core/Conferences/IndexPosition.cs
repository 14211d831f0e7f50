using System.Buffers.Text;
using System.Text;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A place in the index: what the cursor of a list says.</summary>
/// <param name="PartitionKey">Partition key.</param>
/// <param name="RowKey">Row key.</param>
internal sealed record IndexPosition(string PartitionKey, string RowKey)
{
    /// <summary>The place as a cursor, which needs no escaping in a URL.</summary>
    public string ToCursor() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{PartitionKey}\n{RowKey}"));

    /// <summary>Reads a cursor; null where it is none.</summary>
    public static IndexPosition? FromCursor(string cursor)
    {
        return Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('\n') is [var partition, var row]
            && StorageKey.IsKey(partition) && StorageKey.IsKey(row)
            ? new IndexPosition(partition, row)
            : null;
    }
}
