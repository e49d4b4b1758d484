namespace SlowShop.Smoke;

/// <summary>One request to an endpoint: the values that the endpoint's pattern leaves open, and a body.</summary>
public record Sample(string Path, object? Body = null);
