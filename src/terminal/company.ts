export const nameCompany = 'error: name the company with --company biz_… or WHOP_COMPANY_ID';
