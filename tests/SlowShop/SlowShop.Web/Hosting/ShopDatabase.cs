using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SlowShop.Web.Hosting;

/// <summary>The database file of this run; it goes when the shop closes.</summary>
public sealed class ShopDatabase : IConnectionSource, IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"slowshop-{Guid.NewGuid():N}.db");

    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = _file }.ConnectionString;

    public DbConnection Create() => new SqliteConnection(ConnectionString);

    public SqliteConnection CreateSqlite() => new(ConnectionString);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in new[] { _file, _file + "-wal", _file + "-shm" })
        {
            File.Delete(file);
        }
    }
}
