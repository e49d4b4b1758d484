using System.Data.Common;

namespace SlowShop.Web.Hosting;

/// <summary>Gives connections to code that writes its own SQL.</summary>
public interface IConnectionSource
{
    DbConnection Create();
}
