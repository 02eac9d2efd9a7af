import io.slimimage.it.BuiltImages

BuiltImages.of(basedir, 'slimimage-it/slim-netty').withCloseable { images ->
    images.areSlim()
    images.serve('PORT').withCloseable { application ->
        assert application.facts('/') == [
            channel: 'EpollSocketChannel', epoll: 'available', unsafe: 'true', tls: 'available', openSsl: 'TLSv1.3']
        application.end()
        // Netty tells at this level of what it has found and not found; a warning would be news.
        assert !application.log().contains('WARN')
    }
}
true
