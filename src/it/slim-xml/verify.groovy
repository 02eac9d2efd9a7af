import io.slimimage.it.BuiltImages

BuiltImages.of(basedir, 'slimimage-it/slim-xml').withCloseable { images ->
    images.areSlim()
    images.serve('PORT').withCloseable { application ->
        assert application.facts('/') == [
            jaxb          : '7 홍길동 2026-11-22 [사과, 배]',
            implementation: 'org.glassfish.jaxb.runtime.v2.runtime',
            bytes         : 'true',
            jackson       : '홍길동',
            stax          : '사과',
            xslt          : '홍길동 has 2',
            xpath         : '7']
        application.end()
    }
}
true
