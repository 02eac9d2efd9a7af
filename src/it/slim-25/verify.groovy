import groovy.json.JsonSlurper

import io.slimimage.it.BuiltImages
import io.slimimage.it.SecureServer

BuiltImages.of(basedir, 'slimimage-it/slim-25').withCloseable { images ->
    images.areSlim()
    images.describeThemselves()
    images.pullAtMost(46_000_000)
    images.serve('SERVER_PORT').withCloseable { application ->
        def runtime = new JsonSlurper().parseText(application.ask('/'))
        assert runtime.feature == 25
        // Elliptic curves are part of java.base here.
        assert !runtime.modules.contains('jdk.crypto.ec')
        SecureServer.start(new File(basedir, 'target/company.p12').toPath(), 'Hello from a company').withCloseable { server ->
            assert application.ask("/fetch?address=${server.address()}") == 'Hello from a company'
        }
        application.end()
    }
}
true
