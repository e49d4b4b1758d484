using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dapper;
using MediatR;
using Npgsql;
using StackExchange.Redis;

namespace Shop.Dispatch;

public sealed record FindCustomers(IReadOnlyList<int> Ids) : IRequest<IReadOnlyList<CustomerRow>>;

public sealed record CustomerRow(int Id, string Name);

/// <summary>One statement for all ids, one round trip to the cache.</summary>
public sealed class FindCustomersHandler(NpgsqlDataSource source, IConnectionMultiplexer redis) : IRequestHandler<FindCustomers, IReadOnlyList<CustomerRow>>
{
    public async Task<IReadOnlyList<CustomerRow>> Handle(FindCustomers request, CancellationToken cancellationToken)
    {
        var ids = request.Ids.Take(200).ToArray();
        var keys = ids.Select(id => (RedisKey)("customer:" + id)).ToArray();
        var cached = await redis.GetDatabase().StringGetAsync(keys);
        var missing = ids.Where((_, index) => cached[index].IsNull).ToArray();

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<CustomerRow>(new CommandDefinition(
            "select id, name from customers where id = any(@missing) limit 200", new { missing }, cancellationToken: cancellationToken));
        var found = rows.ToDictionary(row => row.Id);
        var result = new List<CustomerRow>(ids.Length);
        for (var index = 0; index < ids.Length; index++)
        {
            if (!cached[index].IsNull)
                result.Add(new CustomerRow(ids[index], cached[index].ToString()));
            else if (found.TryGetValue(ids[index], out var row))
                result.Add(row);
        }

        return result;
    }
}
