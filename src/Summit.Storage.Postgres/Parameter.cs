using Npgsql;

namespace Summit.Storage.Postgres;

/// <summary>A positional parameter, $1, $2 ..., of the type that its value has.</summary>
internal static class Parameter
{
    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };
}
