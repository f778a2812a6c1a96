-- Redmine 5.0: psql -v nissues=10000 -v njper=4 -v hash=… -v salt=… -f seed.sql DATABASE, after db:migrate and load_default_data
-- 1 root project + 199 children, 50 users, nissues issues, nissues*njper journals, 60 % of journals with a status change detail.
\set ON_ERROR_STOP on
begin;
select setseed(0.42);
insert into users(id,login,hashed_password,firstname,lastname,admin,status,language,created_on,updated_on,type,mail_notification,salt,passwd_changed_on)
select 100+i, 'user'||lpad(i::text,2,'0'), :'hash', 'Cán bộ', 'Nguyễn Văn '||i, false, 1, 'vi', now(), now(), 'User', 'none', :'salt', now()
from generate_series(1,50) i;
update users set hashed_password=:'hash', salt=:'salt', must_change_passwd=false, passwd_changed_on=now(), mail_notification='none', language='vi' where login='admin';
insert into email_addresses(user_id,address,is_default,notify,created_on,updated_on) select 100+i,'u'||i||'@example.invalid',true,true,now(),now() from generate_series(1,50) i;
insert into projects(id,name,description,is_public,parent_id,created_on,updated_on,identifier,status,lft,rgt)
select 1,'Tỉnh - Chương trình phối hợp','Chương trình phối hợp công tác toàn tỉnh',false,null,now(),now(),'tinh',1,1,400;
insert into projects(id,name,description,is_public,parent_id,created_on,updated_on,identifier,status,lft,rgt)
select i,'Xã '||lpad(((i-2)/5+1)::text,2,'0')||' - CTPH '||(2021+(i-2)%5),'Chương trình phối hợp giữa UBND với Ban Tuyên giáo, MTTQ',false,1,now(),now(),'xa-'||lpad(i::text,3,'0'),1,2*(i-1),2*(i-1)+1
from generate_series(2,200) i;
insert into enabled_modules(project_id,name) select p.id,m from projects p, unnest(array['issue_tracking','calendar','gantt','news','documents','files']) m;
insert into projects_trackers select p.id,t.id from projects p,trackers t;
insert into issue_categories(project_id,name) select p.id,'Lĩnh vực '||c from projects p, generate_series(1,6) c;
-- user01 (the leader we log in as) is Manager everywhere; each other user is Developer in ~40 projects
with m as (insert into members(user_id,project_id,created_on) select 101,p.id,now() from projects p returning id) insert into member_roles(member_id,role_id) select id,3 from m;
with m as (insert into members(user_id,project_id,created_on) select u.id,p.id,now() from users u, projects p where u.id between 102 and 150 and (p.id*7+u.id)%5=0 returning id) insert into member_roles(member_id,role_id) select id,4 from m;
create temp table t as
select i as id, 2+(i%199) as project_id, random() r1, random() r2, random() r3, random() r4, random() r5, (current_date - 1000 + (random()*1200)::int) as start_date from generate_series(1,:nissues) i;
insert into issues(id,tracker_id,project_id,subject,description,due_date,category_id,status_id,assigned_to_id,priority_id,author_id,created_on,updated_on,start_date,done_ratio,estimated_hours,root_id,lft,rgt,closed_on)
select id, 1+floor(r1*3)::int, project_id,
 'Nhiệm vụ phối hợp số '||id||': tuyên truyền, vận động Nhân dân thực hiện GPMB công trình phúc lợi',
 'Phối hợp giữa UBND huyện và Ban Tuyên giáo trong công tác định hướng thông tin, tuyên truyền; nắm tình hình Nhân dân, báo cáo kết quả hằng quý.',
 start_date + 30 + floor(r2*150)::int,
 (project_id-1)*6+1+floor(r3*6)::int,
 s, 101 + floor(r5*50)::int, 1+floor(r1*4)::int, 101+floor(r2*50)::int,
 start_date, start_date + floor(r2*90)::int, start_date,
 case when s in (5,3) then 100 when s in (2,4) then 10*floor(r3*10)::int else 0 end, round((r4*40)::numeric,1), id,1,2,
 case when s in (5,6) then start_date + floor(r2*180)::int end
from (select *, case when r4<.20 then 1 when r4<.50 then 2 when r4<.60 then 3 when r4<.65 then 4 when r4<.98 then 5 else 6 end s from t) t;
insert into journals(id,journalized_id,journalized_type,user_id,notes,created_on)
select i,1+(i-1)%:nissues,'Issue',101+floor(random()*50)::int, case when random()<.7 then 'Đã triển khai; kết quả đạt '||floor(random()*100)||'%, còn vướng mắc về kinh phí.' else '' end, now()- (random()*900)*interval '1 day'
from generate_series(1,:nissues*:njper) i;
insert into journal_details(journal_id,property,prop_key,old_value,value)
select id,'attr',case when id%2=0 then 'status_id' else 'done_ratio' end,'1','2' from journals where id%5<3 or notes='';
insert into settings(name,value,updated_on) values ('issues_export_limit','200000',now()),('login_required','1',now()),('default_language','vi',now()),('notified_events',E'--- []\n',now()),('session_lifetime','0',now());
select setval('users_id_seq',1000),setval('projects_id_seq',1000),setval('issues_id_seq',:nissues+1),setval('journals_id_seq',:nissues*:njper+1);
commit;
vacuum analyze;
