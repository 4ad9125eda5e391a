-- What it wrote.
INSERT INTO asked (day, hour, question, outcome, doubted, confidence, keys, needs, matter, audience,
    engine) VALUES ('2026-05-06', 7, '油烟谁管', 'answered', 0, 0.5, '["某法#5"]', '[]', 'fumes',
    'public', 'extractive');
INSERT INTO feedback (state, question, understood, outcome, keys, verdict, word, time, as_of, engine,
    answer) VALUES ('已答复', '油烟谁管', '', 'answered', '["某法#5"]', 'useless', '没说',
    '2026-05-06T07:08:00+08:00', '2026-05-06', 'extractive', 'null');
INSERT INTO feedback_move (feedback, before, state, by, time, note) VALUES
    (1, '新', '在办', '王', '2026-05-06T07:09:00+08:00', ''),
    (1, '在办', '已答复', '李', '2026-05-06T07:09:00+08:00', '已回电');
INSERT INTO audit (id, time, name, role, action, what, details, hash) VALUES (1,
    '2026-05-06T07:08:00+08:00', '王', '管理员', '动作', '某条例', '{}',
    '7d989c9ce44675b3bbbcfe67f68541331a5ba71e1328c03e0eb7c0566a636df3');
INSERT INTO uploads (id, name, state, job, details, message, by, at, updated, size, title, document,
    done, total, tries) VALUES
    ('b2', '乙.txt', '待确认', 'read', '{}', '', '王', '2026-05-06', '2026-05-06', 9, '', '', 0, 0, 1),
    ('a1', '甲.txt', '待确认', 'read', '{}', '', '王', '2026-05-06', '2026-05-06', 9, '', '', 0, 0, 1);
