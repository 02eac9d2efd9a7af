import io.slimimage.it.BuiltImages

BuiltImages.of(basedir, 'slimimage-it/slim-reflection').withCloseable { images ->
    images.areSlim()
    images.serve('PORT').withCloseable { application ->
        assert application.facts('/own') == [
            english   : 'Hello, world',
            korean    : '안녕하세요, 세계',
            plural    : '3 files',
            services  : 'Quiet,Shouting',
            configured: 'HELLO',
            proxy     : 'say[x]',
            record    : 'x,y',
            handle    : '5.0',
            serialized: 'Point[x=3, y=4]']
        assert application.facts('/jdk') == [
            sql     : '1+2+3+4+5+6+7+8+9=45',
            zip     : 'in a zip file',
            charset : '4',
            ebcdic  : 'A',
            names   : '.',
            script  : 'ScriptEngineManager',
            optional: 'none']
        application.end()
    }
}
true
