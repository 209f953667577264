namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a request needs in Azure. The embedded host asks for none, as Core Tools does not.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
