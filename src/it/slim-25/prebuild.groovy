import io.slimimage.it.CertificateAuthority

// The keys lie where they are not sent to the engine.
def target = new File(basedir, 'target').toPath()
CertificateAuthority.create(target.resolve('company.p12'), 'A company').export(new File(basedir, 'company-ca.pem').toPath())
true
