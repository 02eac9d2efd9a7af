import io.slimimage.it.BuiltImages
import io.slimimage.it.ContainerSettings
import io.slimimage.it.SecureServer

import java.time.Duration

BuiltImages.of(basedir, 'slimimage-it/slim-http').withCloseable { images ->
    images.areSlim()
    images.runAs('65532:65532')

    def settings = ContainerSettings.onHostNetwork().env('TZ', 'Asia/Seoul')
    images.serve('PORT', settings.withReadOnlyFiles()).withCloseable { application ->
        def facts = application.facts('/')
        assert facts.javaHome == 'true'
        assert facts.userName ==~ /[a-z]+/
        assert facts.userHome ==~ '/.*'
        assert facts.userHomeExists == 'true'
        assert facts.localhost == 'true'
        assert facts.seoul == '+09:00'
        assert facts.berlin == '+01:00'
        assert facts.zone == 'Asia/Seoul'
        assert facts.charset == 'UTF-8'
        assert facts.fileNames == 'UTF-8'
        assert facts.date == '2026년 11월 22일 일요일'
        assert facts.day == '일요일'
        assert facts.money == '₩1,234'
        assert facts.temporary == 'true'
        assert facts.hangul == '한글.txt'
        assert facts.uid == '65532'
        assert facts.gid == '65532'
        assert facts.root.contains('FileSystemException')
        assert facts.shell.contains('No such file or directory')
        assert facts.child == '0'
        application.endWithin(Duration.ofSeconds(2))
    }

    // The same without --read-only, with variables that many set by habit; and TLS: the company's own authority is
    // trusted, any other is not.
    def habits = ContainerSettings.onHostNetwork().env('LANG', 'C.UTF-8').env('LC_ALL', 'C.UTF-8')
    images.serve('PORT', habits).withCloseable { application ->
        def facts = application.facts('/')
        assert facts.fileNames == 'UTF-8'
        assert facts.hangul == '한글.txt'
        assert facts.temporary == 'true'
        assert facts.root.contains('AccessDeniedException')
        ['company', 'stranger'].each { authority ->
            SecureServer.start(new File(basedir, "target/${authority}.p12").toPath(), "Hello from a ${authority}").withCloseable { server ->
                def answer = application.facts("/fetch?${server.address()}")
                if (authority == 'company') {
                    assert answer == [status: '200', body: 'Hello from a company', protocol: 'TLSv1.3']
                } else {
                    assert answer.failure.contains('unable to find valid certification path')
                }
            }
        }
        application.endWithin(Duration.ofSeconds(2))
    }

    // Names are resolved by the system: there, it asks a name server on the container's own loopback.
    def lookUp = ContainerSettings.withoutNetwork().env('LOOKUP', 'service.example').nameServer('127.0.0.1')
    assert images.facts(lookUp) == [known: '192.0.2.7', unknown: 'UnknownHostException']
}
true
