using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClassifierFunctions.Tests.Support;

/// <summary>A certificate of 127.0.0.1 for a test's server, as PEM files; nobody trusts it but the handler that it makes.</summary>
internal sealed class SelfSignedCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    /// <param name="folder">Where the files go.</param>
    public SelfSignedCertificate(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        (CertificatePath, KeyPath) = (System.IO.Path.Combine(folder.Path, "cert.pem"), System.IO.Path.Combine(folder.Path, "key.pem"));
        File.WriteAllText(CertificatePath, _certificate.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());
    }

    public string CertificatePath { get; }

    public string KeyPath { get; }

    public HttpClientHandler TrustingHandler()
        => new() { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == _certificate.Thumbprint };

    public void Dispose() => _certificate.Dispose();
}
